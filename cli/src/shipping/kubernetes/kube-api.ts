export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly body?: object;
  /** HTTP statuses besides 2xx that are not errors. */
  readonly answers?: readonly number[];
}

export interface ApiAnswer<T> {
  readonly status: number;
  readonly body: T;
}

/** The API of a cluster, called from inside or outside of it. */
export interface KubeApi {
  /** Throws with the reason that the API gives if it refuses. */
  send<T>(request: ApiRequest): Promise<ApiAnswer<T>>;
}

/** A PATCH is a server-side apply, whose content type is YAML; JSON is YAML as well. */
export const contentTypeOf = (method: ApiRequest['method']): string =>
  method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json';

/** The reason for a refusal: the API sends a Status object, a proxy in between plain text. */
export function reasonIn(body: string): string {
  try {
    return (JSON.parse(body) as { message?: string }).message ?? body;
  } catch {
    return body;
  }
}
