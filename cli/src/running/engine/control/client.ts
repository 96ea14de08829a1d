import { request } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import type { Snapshot } from '../snapshot.js';
import type {
  DetailedSnapshot,
  RestartRequest,
  RunInfo,
  StartRequest,
  StartResponse,
  StopRequest,
} from './server.js';

type Method = 'GET' | 'POST';

/** A healthy engine answers at once. */
export const ANSWER_TIMEOUT_MS = 8_000;
/** A stop is answered once everything is down: processes that do not exit are killed after four seconds. */
const STOP_TIMEOUT_MS = 20_000;

/** Nobody listens on the socket: no engine is running, or it has just exited. */
export class NoEngine extends Error {}

/** A client for the engine of a system. Every call rejects with `NoEngine` if none is running. */
export class EngineClient {
  /** `timeoutError`: the error for an engine that does not answer in time, for example because it is paused. */
  constructor(
    private readonly socket: string,
    private readonly timeoutError: (withinMs: number) => Error,
    private readonly answerTimeoutMs = ANSWER_TIMEOUT_MS,
  ) {}

  snapshot(options: { fresh?: boolean } = {}): Promise<Snapshot> {
    return this.#send<Snapshot>('GET', options.fresh ? '/snapshot?fresh' : '/snapshot');
  }

  /** The options of the latest start request; the mode is empty if that had none. */
  mode(): Promise<RunInfo> {
    return this.#send('GET', '/mode');
  }

  /** A fresh snapshot with details that are expensive to collect. */
  details(): Promise<DetailedSnapshot> {
    return this.#send<DetailedSnapshot>('GET', '/details');
  }

  requestStart(request: StartRequest): Promise<StartResponse> {
    return this.#send<StartResponse>('POST', '/want', { body: request });
  }

  restart(request: RestartRequest): Promise<Snapshot> {
    return this.#send<Snapshot>('POST', '/restart', { body: request });
  }

  /** Resolves once these are down; without names, once everything is down and the engine is about to exit. */
  stop(names?: string[], { force }: Pick<StopRequest, 'force'> = {}): Promise<Snapshot> {
    return this.#send<Snapshot>('POST', '/stop', { body: { names, force }, withinMs: STOP_TIMEOUT_MS });
  }

  /** The current snapshot and one after every change, until the signal or the end of the engine. */
  async *events(signal?: AbortSignal): AsyncGenerator<Snapshot> {
    let response: IncomingMessage | undefined;
    let text = '';
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), ANSWER_TIMEOUT_MS);
    try {
      response = await this.#open('GET', '/events', { signal: any(timeout.signal, signal) });
      clearTimeout(timer);
      for await (const chunk of response.setEncoding('utf8')) {
        const messages = (text + chunk).split('\n\n');
        text = messages.pop()!;
        for (const message of messages) yield JSON.parse(message.slice('data: '.length)) as Snapshot;
      }
    } catch (error) {
      if (timeout.signal.aborted) throw this.timeoutError(ANSWER_TIMEOUT_MS);
      if (!isGone(error) && !signal?.aborted) throw error;
    } finally {
      clearTimeout(timer);
      response?.destroy();
    }
  }

  async #send<T>(
    method: Method,
    path: string,
    { body, withinMs = this.answerTimeoutMs }: { body?: object; withinMs?: number } = {},
  ): Promise<T> {
    const signal = AbortSignal.timeout(withinMs);
    let text = '';
    let status: number | undefined;
    try {
      const response = await this.#open(method, path, { body, signal });
      status = response.statusCode;
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
    } catch (error) {
      if (signal.aborted) throw this.timeoutError(withinMs);
      throw isGone(error) ? new NoEngine() : error;
    }
    if (status === 503) throw new NoEngine();
    const answer = JSON.parse(text) as T & { message?: string };
    if (status !== 200) throw new Error(`${path}: ${answer.message ?? status}`);
    return answer;
  }

  #open(method: Method, path: string, { body, signal }: { body?: object; signal: AbortSignal }) {
    return new Promise<IncomingMessage>((resolve, reject) => {
      // With a server name, Node skips its check for an IPv6 address, whose regular expression takes 6 ms to compile.
      const connection = { socketPath: this.socket, agent: false, servername: '' } as const;
      const sent = request({ ...connection, method, path, signal } as RequestOptions, resolve);
      sent.once('error', (error) => reject(isGone(error) ? new NoEngine() : error));
      sent.end(body && JSON.stringify(body));
    });
  }
}

const any = (...signals: (AbortSignal | undefined)[]): AbortSignal =>
  AbortSignal.any(signals.filter((signal) => signal !== undefined));

const GONE = new Set(['ENOENT', 'ENOTDIR', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']);
const isGone = (error: unknown): boolean => GONE.has((error as NodeJS.ErrnoException).code ?? '');
