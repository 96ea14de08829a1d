import { readFileSync } from 'node:fs';
import type { SecretStore, StoredSecret } from './ensure-secrets.js';
import { fromManifest, toManifest } from './secret-manifest.js';
import type { SecretManifest } from './secret-manifest.js';

const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** The Secrets of a namespace, from within a pod there. */
export class ClusterStore implements SecretStore {
  private readonly url: string;

  constructor(
    private readonly namespace: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
    const name = host?.includes(':') ? `[${host}]` : host;
    this.url = `https://${name}:${port}/api/v1/namespaces/${namespace}/secrets`;
  }

  async get(name: string): Promise<StoredSecret | undefined> {
    const response = await this.ask('GET', `/${name}`);
    if (response.status === 404) return undefined;
    return fromManifest((await this.good(response, `read ${name}`)) as SecretManifest);
  }

  async create(name: string, secret: StoredSecret, type: string): Promise<boolean> {
    const response = await this.ask(
      'POST',
      '',
      toManifest({ name, secret, type, namespace: this.namespace }),
    );
    if (response.status === 409) return false;
    await this.good(response, `make ${name}`);
    return true;
  }

  async replace(name: string, secret: StoredSecret, type: string): Promise<void> {
    const manifest = toManifest({ name, secret, type, namespace: this.namespace });
    await this.good(await this.ask('PUT', `/${name}`, manifest), `replace ${name}`);
  }

  private ask(method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${readFileSync(this.env['TOKEN_FILE'] ?? TOKEN, 'utf8').trim()}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
  }

  private async good(response: Response, doing: string): Promise<unknown> {
    const answer = (await response.json().catch(() => ({}))) as { message?: string };
    if (response.ok) return answer;
    throw new Error(`cannot ${doing}: ${answer.message ?? `the API answers ${response.status}`}`);
  }
}
