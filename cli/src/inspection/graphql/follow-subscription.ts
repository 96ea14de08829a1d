import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { requestIdIn } from './query-gateway.js';
import type { GatewayRequestOptions, GraphqlAnswer, GraphqlRequest } from './query-gateway.js';

/** The close code of a gateway for a socket without a valid session; the reason is an error code. */
const UNAUTHORIZED = 4401;

const CONNECT_TIMEOUT_MS = 10_000;

/** With a timeout, since a server may accept a connection and never answer on it. */
class WebSocketWithTimeout extends WebSocket {
  constructor(url: string, protocols?: string | string[]) {
    super(url, protocols, { handshakeTimeout: CONNECT_TIMEOUT_MS });
  }
}

/**
 * Yields the events of a subscription, over the protocol graphql-transport-ws, until the signal or the end from the server.
 * Throws GRAPHQL_ERRORS, GATEWAY_UNREACHABLE.
 */
export async function* followSubscription(
  { query, variables, operationName }: GraphqlRequest,
  { url, headers, signal }: GatewayRequestOptions,
): AsyncGenerator<GraphqlAnswer> {
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocketWithTimeout,
    connectionAckWaitTimeout: CONNECT_TIMEOUT_MS,
    connectionParams: headers,
    retryAttempts: 0,
  });
  const end = () => void client.dispose();
  signal?.addEventListener('abort', end);
  try {
    for await (const answer of client.iterate({ query, variables, operationName }))
      yield answer as GraphqlAnswer;
  } catch (thrown) {
    if (!signal?.aborted) throw failureOf(thrown, url);
  } finally {
    signal?.removeEventListener('abort', end);
    await client.dispose();
  }
}

/** The client throws the errors of an operation, a close event, or a connection error. */
function failureOf(
  thrown: unknown,
  url: string,
): MsxError<'GRAPHQL_ERRORS'> | MsxError<'GATEWAY_UNREACHABLE'> {
  if (Array.isArray(thrown))
    return new MsxError('GRAPHQL_ERRORS', { errors: thrown, data: null, requestId: requestIdIn(thrown) });
  const { code, reason, message } = thrown as { code?: number; reason?: string; message?: string };
  if (code !== UNAUTHORIZED)
    return new MsxError('GATEWAY_UNREACHABLE', { url, reason: reason || message || `closed with ${code}` });
  const refusal = { message: 'the gateway closed the socket', extensions: { code: reason } };
  return new MsxError('GRAPHQL_ERRORS', { errors: [refusal], data: null });
}
