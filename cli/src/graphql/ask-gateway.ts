import { MsxError } from '../errors/msx-error.js';
import type { GraphqlError } from '../errors/asking.js';

export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  /** Of several operations the one to execute. */
  readonly operationName?: string;
}

export interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly GraphqlError[];
  /** Of an answer with errors: what the logs of all services call the request. */
  readonly requestId?: string;
}

export interface Asking {
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** What a GraphQL server answers, errors and all. Throws GATEWAY_UNREACHABLE, NOT_GRAPHQL, USAGE. */
export async function askGateway(
  { query, variables, operationName }: GraphqlRequest,
  { url, headers, signal }: Asking,
): Promise<GraphqlAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify({ query, variables, operationName }),
    signal,
  }).catch((error: Error & { cause?: Error }) => {
    if (signal?.aborted) throw new MsxError('INTERRUPTED', {});
    throw new MsxError('GATEWAY_UNREACHABLE', { url, reason: error.cause?.message || error.message });
  });
  const requestId = response.headers.get('x-request-id') ?? undefined;
  const answer = parsed(await response.text());
  if (!answer || !('data' in answer || 'errors' in answer))
    throw new MsxError('NOT_GRAPHQL', { url, status: response.status, requestId });
  return answer.errors ? { ...answer, requestId } : answer;
}

function parsed(text: string): GraphqlAnswer | undefined {
  try {
    return Object(JSON.parse(text)) as GraphqlAnswer;
  } catch {
    return undefined;
  }
}

/** Throws GRAPHQL_ERRORS when there are any, with whatever data there is all the same. */
export function demandNoErrors({ data, errors = [], requestId }: GraphqlAnswer): void {
  if (errors.length > 0)
    throw new MsxError('GRAPHQL_ERRORS', {
      errors,
      data: data ?? null,
      requestId: requestId ?? requestIdIn(errors),
    });
}

/** Where no header says it: over a WebSocket, or behind a proxy. */
export function requestIdIn(errors: readonly GraphqlError[]): string | undefined {
  const ids = errors.map(({ extensions }) => extensions?.requestId);
  return ids.find((id) => typeof id === 'string');
}
