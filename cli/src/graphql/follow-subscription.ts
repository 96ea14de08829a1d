import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { MsxError } from '../errors/msx-error.js';
import { requestIdIn } from './ask-gateway.js';
import type { Asking, GraphqlAnswer, GraphqlRequest } from './ask-gateway.js';

/** How a gateway closes a socket that nobody may use, or no longer; the reason is a code. */
const UNAUTHORIZED = 4401;

/**
 * Each event of a subscription, over the protocol graphql-transport-ws, until the signal is aborted or the server ends it.
 * Throws GRAPHQL_ERRORS, GATEWAY_UNREACHABLE.
 */
export async function* followSubscription(
  { query, variables, operationName }: GraphqlRequest,
  { url, headers, signal }: Asking,
): AsyncGenerator<GraphqlAnswer> {
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
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

/** The client throws the errors of an operation, how its socket was closed, or why there is none. */
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
