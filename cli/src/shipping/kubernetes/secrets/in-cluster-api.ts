import { readFileSync } from 'node:fs';
import { contentTypeOf, reasonIn } from '../kube-api.js';
import type { ApiAnswer, ApiRequest, KubeApi } from '../kube-api.js';

const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** The API as called from a pod, with the permissions of its ServiceAccount. */
export class InClusterApi implements KubeApi {
  private readonly origin: string;

  constructor(private readonly env: NodeJS.ProcessEnv) {
    const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
    this.origin = `https://${host?.includes(':') ? `[${host}]` : host}:${port}`;
  }

  async send<T>({ method, path, body, answers = [] }: ApiRequest): Promise<ApiAnswer<T>> {
    const token = String(readFileSync(this.env['TOKEN_FILE'] ?? TOKEN)).trim();
    const response = await fetch(`${this.origin}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': contentTypeOf(method) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const { ok, status } = response;
    const text = await response.text();
    if (ok || answers.includes(status)) return { status, body: JSON.parse(text) as T };
    throw new Error(`${method} ${path}: ${reasonIn(text) || `the API answered with status ${status}`}`);
  }
}
