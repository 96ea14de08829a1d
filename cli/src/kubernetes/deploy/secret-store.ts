import type { SecretStore, StoredSecret } from '../secrets/ensure-secrets.js';
import { fromManifest, toManifest } from '../secrets/secret-manifest.js';
import type { SecretManifest } from '../secrets/secret-manifest.js';
import type { Kubectl } from './kubectl.js';

/** The Secrets of a namespace, from outside: read once, since each call of kubectl takes its time. */
export class KubectlStore implements SecretStore {
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

  /** Somebody who was faster is an error here: the next run finds what they made. */
  async create(name: string, secret: StoredSecret, type: string): Promise<boolean> {
    await this.send('create', name, { secret, type });
    return true;
  }

  replace(name: string, secret: StoredSecret, type: string): Promise<void> {
    return this.send('replace', name, { secret, type });
  }

  /** By standard input: an argument could be seen by everyone on this machine. */
  private async send(
    verb: 'create' | 'replace',
    name: string,
    { secret, type }: { secret: StoredSecret; type: string },
  ): Promise<void> {
    const { namespace } = this.kubectl.target;
    const input = JSON.stringify(toManifest({ name, namespace, secret, type }));
    await this.kubectl.run([verb, '-f', '-', '-o', 'name'], { input });
    this.known.set(name, secret);
  }
}
