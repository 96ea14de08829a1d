import type { KubeApi } from '../kube-api.js';
import type { SecretStore, StoredSecret } from './ensure-secrets.js';
import { fromManifest, toManifest } from './secret-manifest.js';
import type { SecretManifest } from './secret-manifest.js';

const NOT_FOUND = 404;
const CONFLICT = 409;

/** The Secrets of a namespace. */
export class ClusterStore implements SecretStore {
  private readonly path: string;

  constructor(
    private readonly api: KubeApi,
    private readonly namespace: string,
  ) {
    this.path = `/api/v1/namespaces/${namespace}/secrets`;
  }

  async get(name: string): Promise<StoredSecret | undefined> {
    const path = `${this.path}/${name}`;
    const request = { method: 'GET', path, answers: [NOT_FOUND] } as const;
    const { status, body } = await this.api.send<SecretManifest>(request);
    return status === NOT_FOUND ? undefined : fromManifest(body);
  }

  async create(name: string, secret: StoredSecret, type: string): Promise<boolean> {
    const body = toManifest({ name, secret, type, namespace: this.namespace });
    const request = { method: 'POST', path: this.path, body, answers: [CONFLICT] } as const;
    const { status } = await this.api.send(request);
    return status !== CONFLICT;
  }

  async replace(name: string, secret: StoredSecret, type: string): Promise<void> {
    const body = toManifest({ name, secret, type, namespace: this.namespace });
    await this.api.send({ method: 'PUT', path: `${this.path}/${name}`, body });
  }
}
