import { MsxError } from '../../terminal/errors/msx-error.js';
import type { GraphqlError } from '../../terminal/errors/inspecting.js';

export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  /** The operation to execute, if the query contains several. */
  readonly operationName?: string;
}

export interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly GraphqlError[];
  /** The id of the request in the logs of all services; only for an answer with errors. */
  readonly requestId?: string;
}

export interface GatewayRequestOptions {
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** Longer than a gateway of msx takes to give up and report an error. */
const TIMEOUT_MS = 60_000;
const TIMED_OUT = `no answer within ${TIMEOUT_MS / 1_000} s`;

/** @returns the answer of a GraphQL server, including errors. Throws GATEWAY_UNREACHABLE, NOT_GRAPHQL, USAGE */
export async function queryGateway(
  { query, variables, operationName }: GraphqlRequest,
  { url, headers, signal }: GatewayRequestOptions,
): Promise<GraphqlAnswer> {
  const { text, status, requestId } = await send(
    { method: 'POST', headers, body: JSON.stringify({ query, variables, operationName }) },
    { url, signal },
  );
  const answer = parsed(text);
  if (!answer || !('data' in answer || 'errors' in answer))
    throw new MsxError('NOT_GRAPHQL', { url, status, requestId });
  return answer.errors ? { ...answer, requestId } : answer;
}

/** Throws GATEWAY_UNREACHABLE, INTERRUPTED. */
async function send(
  { headers, ...request }: RequestInit,
  { url, signal }: Pick<GatewayRequestOptions, 'url' | 'signal'>,
) {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      ...request,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      signal: signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal,
    });
    const requestId = response.headers.get('x-request-id') ?? undefined;
    return { text: await response.text(), status: response.status, requestId };
  } catch (error) {
    if (signal?.aborted) throw new MsxError('INTERRUPTED', {});
    const { cause, message } = error as Error & { cause?: Error };
    const reason = deadline.signal.aborted ? TIMED_OUT : cause?.message || message;
    throw new MsxError('GATEWAY_UNREACHABLE', { url, reason });
  } finally {
    clearTimeout(timer);
  }
}

function parsed(text: string): GraphqlAnswer | undefined {
  try {
    return Object(JSON.parse(text)) as GraphqlAnswer;
  } catch {
    return undefined;
  }
}

/** Throws GRAPHQL_ERRORS if there are errors, along with any partial data. */
export function throwOnErrors({ data, errors = [], requestId }: GraphqlAnswer): void {
  if (errors.length > 0)
    throw new MsxError('GRAPHQL_ERRORS', {
      errors,
      data: data ?? null,
      requestId: requestId ?? requestIdIn(errors),
    });
}

/** For answers without a header: over a WebSocket, or behind a proxy. */
export function requestIdIn(errors: readonly GraphqlError[]): string | undefined {
  const ids = errors.map(({ extensions }) => extensions?.requestId);
  return ids.find((id) => typeof id === 'string');
}
