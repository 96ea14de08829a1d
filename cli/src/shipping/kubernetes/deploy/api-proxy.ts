import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { contentTypeOf, reasonIn } from '../kube-api.js';
import type { ApiAnswer, ApiRequest, KubeApi } from '../kube-api.js';
import { errorOfKubectl } from './kubectl-error.js';
import type { Kubectl } from './kubectl.js';
import { longRunningKubectl } from './long-running-kubectl.js';

const ANSWER_TIMEOUT_MS = 60_000;

interface ProxyOptions {
  readonly kubectl: Kubectl;
  readonly socketPath: string;
  readonly signal?: AbortSignal;
}

/**
 * The API of the cluster, for many requests: one `kubectl proxy` that stays up, since a kubectl for each request would
 * take CPU from the pods that are starting. It forwards the user's credentials, so its socket is in a folder that only
 * they may open.
 */
export class ApiProxy implements KubeApi {
  private constructor(private readonly lent: ProxyOptions) {}

  /** Runs `work` with a proxy, then stops it. Throws the CLUSTER_… errors, and INTERRUPTED once `signal` is aborted. */
  static async during<T>(
    kubectl: Kubectl,
    work: (api: ApiProxy) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), 'msx-api-'));
    const socketPath = join(folder, 'socket');
    try {
      const proxy = await longRunningKubectl(
        kubectl,
        ['proxy', `--unix-socket=${socketPath}`],
        /^Starting to serve/,
      );
      const api = new ApiProxy({ kubectl, socketPath, ...(signal && { signal }) });
      return await work(api).finally(() => proxy.stop());
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  get namespace(): string {
    return this.lent.kubectl.target.namespace;
  }

  async get<T>(path: string): Promise<T> {
    return (await this.send<T>({ method: 'GET', path })).body;
  }

  async send<T>(one: ApiRequest): Promise<ApiAnswer<T>> {
    return (await this.sendAll<T>([one]))[0]!;
  }

  /** Sends all requests at once. Throws one error for all that were refused. */
  async sendAll<T>(requests: readonly ApiRequest[]): Promise<ApiAnswer<T>[]> {
    const answers = await Promise.all(
      requests.map(async (one) => ({
        one,
        ...(await this.ask(one).catch((error: Error) => ({ status: 0, body: error.message }))),
      })),
    );
    const refused = answers.filter(({ one, status }) => !isAnswer(one, status));
    if (refused.length === 0)
      return answers.map(({ status, body }) => ({ status, body: JSON.parse(body) as T }));
    const { signal, kubectl } = this.lent;
    const { method, path } = refused[0]!.one;
    const stderr = refused.map(({ body }) => reasonIn(body)).join('\n');
    const failure = { args: ['proxy', method, path], stderr, isCanceled: signal?.aborted ?? false };
    throw errorOfKubectl(failure, kubectl.target);
  }

  private async ask({ method, path, body }: ApiRequest): Promise<{ status: number; body: string }> {
    const { socketPath, signal } = this.lent;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { host: 'localhost', 'content-type': contentTypeOf(method) };
      request(
        { socketPath, method, path, headers, ...(signal && { signal }), timeout: ANSWER_TIMEOUT_MS },
        resolve,
      )
        .on('timeout', function (this: ClientRequest) {
          this.destroy(new Error(`no answer within ${ANSWER_TIMEOUT_MS / 1_000} s`));
        })
        .on('error', reject)
        .end(body && JSON.stringify(body));
    });
    return { status: response.statusCode ?? 0, body: await text(response) };
  }
}

const isAnswer = ({ answers = [] }: ApiRequest, status: number): boolean =>
  (status >= 200 && status < 300) || answers.includes(status);
