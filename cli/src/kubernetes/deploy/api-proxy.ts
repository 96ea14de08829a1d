import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { errorOfKubectl } from './kubectl-error.js';
import type { Kubectl } from './kubectl.js';
import { lastingKubectl } from './lasting-kubectl.js';
import type { LastingKubectl } from './lasting-kubectl.js';

/**
 * The API of the cluster, for who looks again and again: one kubectl that stays, since one for each look would take the
 * CPU that pods start with. It lends the credentials of its user, so that it listens in a folder that only they may open.
 */
export class ApiProxy {
  private constructor(
    private readonly kubectl: Kubectl,
    private readonly folder: string,
    private readonly proxy: LastingKubectl,
  ) {}

  /** Lends it to `work`, and stops it. */
  static async during<T>(kubectl: Kubectl, work: (api: ApiProxy) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), 'msx-api-'));
    try {
      const args = ['proxy', `--unix-socket=${socketIn(folder)}`];
      const proxy = await lastingKubectl(kubectl, args, /^Starting to serve/);
      return await work(new ApiProxy(kubectl, folder, proxy)).finally(() => proxy.stop());
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  get namespace(): string {
    return this.kubectl.target.namespace;
  }

  /** What a path answers with, as JSON. Throws the CLUSTER_… errors, INTERRUPTED. */
  async get<T>(path: string, signal?: AbortSignal): Promise<T> {
    const answer = await this.ask(path, signal).catch((error: Error) => ({ status: 0, body: error.message }));
    if (answer.status === 200) return JSON.parse(answer.body) as T;
    const failure = { args: ['get', '--raw', path], stderr: reasonIn(answer.body) };
    throw errorOfKubectl({ ...failure, isCanceled: signal?.aborted ?? false }, this.kubectl.target);
  }

  private async ask(path: string, signal?: AbortSignal) {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { socketPath: socketIn(this.folder), path, headers: { host: 'localhost' } };
      request({ ...options, ...(signal && { signal }) }, resolve)
        .on('error', reject)
        .end();
    });
    return { status: response.statusCode, body: await text(response) };
  }
}

const socketIn = (folder: string): string => join(folder, 'socket');

/** The API says what is wrong in a Status, the proxy in a line. */
function reasonIn(body: string): string {
  if (!body.startsWith('{')) return body;
  return (JSON.parse(body) as { message?: string }).message ?? body;
}
