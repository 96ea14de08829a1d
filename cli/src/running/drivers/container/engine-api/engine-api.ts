import { once } from 'node:events';
import { buffer, json } from 'node:stream/consumers';
import { connectionTo } from './connection.js';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import type { Connection } from './connection.js';

/** An error that the engine answers with; `statusCode` is that of HTTP. */
class EngineError extends Error {
  constructor(
    message: string,
    readonly statusCode: number,
  ) {
    super(message);
  }
}

type Value = string | number | boolean | object | undefined;

export interface Call {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Objects are sent as JSON, undefined values not at all. */
  readonly query?: Readonly<Record<string, Value>>;
  /** An object is sent as JSON; a stream is an archive. */
  readonly body?: object | Readable;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The engine answers 304 if there is nothing to do: the container is stopped already. */
const UNCHANGED = 304;

/** Calls of the HTTP API of a Docker Engine. All throw EngineError for an answer that is one. */
export class EngineApi {
  readonly #connection: Connection;

  /**
   * @param host in the form of DOCKER_HOST
   * @param timeout in milliseconds, for the answer to a call without a signal; default: none
   */
  constructor(
    host: string,
    environment: NodeJS.ProcessEnv,
    private readonly timeout?: number,
  ) {
    this.#connection = connectionTo(host, environment);
  }

  async json<T>(path: string, call: Call = {}): Promise<T> {
    return (await json(await this.stream(path, call))) as T;
  }

  async buffer(path: string, call: Call = {}): Promise<Buffer> {
    return buffer(await this.stream(path, call));
  }

  /** The answer, as it arrives: the engine may answer before it has read all of the body. */
  async stream(path: string, call: Call = {}): Promise<IncomingMessage> {
    const request = this.#request(path, call);
    const answer = once(request, 'response') as Promise<[IncomingMessage]>;
    // An error after the answer has begun is one of the answer as well.
    request.on('error', () => {});
    send(request, call.body);
    return checked((await answer)[0]);
  }

  /** A connection in both directions, for the protocol that the engine then speaks on it. */
  async upgrade(path: string, call: Call): Promise<Duplex> {
    const request = this.#request(path, call);
    request.on('response', (refused) => request.destroy(new Error(`${path} answered ${refused.statusCode}`)));
    const upgraded = once(request, 'upgrade') as Promise<[IncomingMessage, Duplex, Buffer]>;
    request.end();
    const [, socket, head] = await upgraded;
    if (head.length > 0) socket.unshift(head);
    return socket;
  }

  #request(path: string, { method = 'GET', query = {}, body, headers, signal }: Call): ClientRequest {
    const { request, options } = this.#connection;
    const type = body && { 'content-type': isStream(body) ? 'application/x-tar' : 'application/json' };
    return request({
      ...options,
      method,
      path: `${path}${queryOf(query)}`,
      headers: { ...type, ...headers },
      signal: signal ?? (this.timeout ? AbortSignal.timeout(this.timeout) : undefined),
    });
  }
}

const isStream = (body: object): body is Readable => 'pipe' in body;

function send(request: ClientRequest, body: Call['body']): void {
  if (!body || !isStream(body)) return void request.end(body && JSON.stringify(body));
  body.once('error', (error) => request.destroy(error)).pipe(request);
  request.once('close', () => body.destroy());
}

function queryOf(query: Readonly<Record<string, Value>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = given.map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : value]);
  const parameters = new URLSearchParams(text as [string, string][]).toString();
  return parameters && `?${parameters}`;
}

async function checked(answer: IncomingMessage): Promise<IncomingMessage> {
  const { statusCode = 0 } = answer;
  if (statusCode < 300 || statusCode === UNCHANGED) return answer;
  throw new EngineError(messageIn((await buffer(answer)).toString()), statusCode);
}

function messageIn(text: string): string {
  try {
    return (JSON.parse(text) as { message: string }).message;
  } catch {
    return text.trim();
  }
}
