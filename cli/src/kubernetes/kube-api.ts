export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly body?: object;
  /** HTTP statuses that are an answer as well, besides those of success. */
  readonly answers?: readonly number[];
}

export interface ApiAnswer<T> {
  readonly status: number;
  readonly body: T;
}

/** The API of a cluster, from wherever it is asked. */
export interface KubeApi {
  /** Throws the reason that the API gives when it refuses. */
  send<T>(request: ApiRequest): Promise<ApiAnswer<T>>;
}

/** As the API takes them: a PATCH is a server-side apply, in JSON, which is YAML as well. */
export const contentTypeOf = (method: ApiRequest['method']): string =>
  method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json';

/** Why it refused: it says so in a Status, and what stands between in plain text. */
export function reasonIn(body: string): string {
  try {
    return (JSON.parse(body) as { message?: string }).message ?? body;
  } catch {
    return body;
  }
}
