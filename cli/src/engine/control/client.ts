import { request } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import type { Snapshot } from '../snapshot.js';
import type { Detailed, Granted, RunMode, Restart, Stop, Wish } from './server.js';

type Method = 'GET' | 'POST';

/** Nobody listens on the socket: no engine runs, or it has just ended. */
export class NoEngine extends Error {}

/** The engine of a system, as other processes reach it. Everything rejects with `NoEngine` when there is none. */
export class EngineClient {
  constructor(private readonly socket: string) {}

  snapshot(options: { fresh?: boolean } = {}): Promise<Snapshot> {
    return this.#ask<Snapshot>('GET', options.fresh ? '/snapshot?fresh' : '/snapshot');
  }

  /** The mode of the latest wish, empty when it did not say, and what is wanted. */
  mode(): Promise<{ runMode: RunMode; wanted: string[] }> {
    return this.#ask('GET', '/mode');
  }

  /** A fresh snapshot with what costs more to find out. */
  details(): Promise<Detailed> {
    return this.#ask<Detailed>('GET', '/details');
  }

  want(wish: Wish): Promise<Granted> {
    return this.#ask<Granted>('POST', '/want', wish);
  }

  restart(restart: Restart): Promise<Snapshot> {
    return this.#ask<Snapshot>('POST', '/restart', restart);
  }

  /** Resolves when these are down; without names when everything is, and the engine about to leave. */
  stop(names?: string[], { force }: Pick<Stop, 'force'> = {}): Promise<Snapshot> {
    return this.#ask<Snapshot>('POST', '/stop', { names, force });
  }

  /** The present snapshot and one after every change, until the caller breaks off or the engine ends. */
  async *events(signal?: AbortSignal): AsyncGenerator<Snapshot> {
    let response: IncomingMessage | undefined;
    let text = '';
    try {
      response = await this.#send('GET', '/events', { signal });
      for await (const chunk of response.setEncoding('utf8')) {
        const messages = (text + chunk).split('\n\n');
        text = messages.pop()!;
        for (const message of messages) yield JSON.parse(message.slice('data: '.length)) as Snapshot;
      }
    } catch (error) {
      if (!isGone(error) && !signal?.aborted) throw error;
    } finally {
      response?.destroy();
    }
  }

  async #ask<T>(method: Method, path: string, body?: object): Promise<T> {
    const response = await this.#send(method, path, { body });
    let text = '';
    try {
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
    } catch (error) {
      throw isGone(error) ? new NoEngine() : error;
    }
    if (response.statusCode === 503) throw new NoEngine();
    const answer = JSON.parse(text) as T & { message?: string };
    if (response.statusCode !== 200) throw new Error(`${path}: ${answer.message ?? response.statusCode}`);
    return answer;
  }

  #send(method: Method, path: string, { body, signal }: { body?: object; signal?: AbortSignal }) {
    return new Promise<IncomingMessage>((resolve, reject) => {
      // Node asks of a host without a server name whether it is an IPv6 address: 6 ms, for an expression it compiles.
      const connection = { socketPath: this.socket, agent: false, servername: '' } as const;
      const sent = request({ ...connection, method, path, signal } as RequestOptions, resolve);
      sent.once('error', (error) => reject(isGone(error) ? new NoEngine() : error));
      sent.end(body && JSON.stringify(body));
    });
  }
}

const GONE = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']);
const isGone = (error: unknown): boolean => GONE.has((error as NodeJS.ErrnoException).code ?? '');
