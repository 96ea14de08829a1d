import type { SecretStore, StoredSecret } from '../secrets/ensure-secrets.js';
import { fromManifest, toManifest } from '../secrets/secret-manifest.js';
import type { SecretManifest } from '../secrets/secret-manifest.js';
import type { Kubectl } from './kubectl.js';

/** The Secrets of a namespace, from outside: read once and made at once, since each call of kubectl takes its time. */
export class KubectlStore implements SecretStore {
  private readonly made: object[] = [];

  private constructor(
    private readonly kubectl: Kubectl,
    private readonly known: Map<string, StoredSecret>,
  ) {}

  static async open(kubectl: Kubectl): Promise<KubectlStore> {
    const { items } = await kubectl.json<{ items: SecretManifest[] }>(['get', 'secrets']);
    return new KubectlStore(
      kubectl,
      new Map(items.map((secret) => [secret.metadata.name, fromManifest(secret)])),
    );
  }

  get(name: string): Promise<StoredSecret | undefined> {
    return Promise.resolve(this.known.get(name));
  }

  /** Made all at once by `flush`. Somebody who was faster is an error then: the next run finds what they made. */
  create(name: string, secret: StoredSecret, type: string): Promise<boolean> {
    this.made.push(this.manifest(name, secret, type));
    this.known.set(name, secret);
    return Promise.resolve(true);
  }

  async replace(name: string, secret: StoredSecret, type: string): Promise<void> {
    await this.send('replace', this.manifest(name, secret, type));
    this.known.set(name, secret);
  }

  async flush(): Promise<void> {
    if (this.made.length > 0) await this.send('create', { apiVersion: 'v1', kind: 'List', items: this.made });
    this.made.length = 0;
  }

  private manifest(name: string, secret: StoredSecret, type: string): object {
    return toManifest({ name, namespace: this.kubectl.target.namespace, secret, type });
  }

  /** By standard input: an argument could be seen by everyone on this machine. */
  private async send(verb: 'create' | 'replace', content: object): Promise<void> {
    await this.kubectl.run([verb, '-f', '-', '-o', 'name'], { input: JSON.stringify(content) });
  }
}
