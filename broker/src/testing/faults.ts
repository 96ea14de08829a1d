import { setTimeout as sleep } from 'node:timers/promises';
import { produce } from '../apis/00-produce.js';
import { metadata } from '../apis/03-metadata.js';
import { Hangup, type Peer } from '../apis/handler.js';
import { registry } from '../apis/registry.js';
import type { FrameHandler } from '../server/connection.js';
import { readBody, readHeader, writeResponse } from '../server/header.js';
import type { Api } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { Reader } from '../wire/reader.js';
import { apiNames, type ApiName } from './api-name.js';
import { call, exchangeWith, type Exchange } from './call.js';
import { errorResponse } from './error-response.js';
import { nextFate, noFaults, type FaultPlan } from './fault-plan.js';

export type ErrorName = Exclude<keyof typeof ErrorCode, 'NONE'>;

/** Faults for tests. They are in effect once the promise resolves, and apply to the requests that arrive from then on. */
export interface Faults {
  /** Closes all connections. Clients may connect again at once. */
  dropConnections(): Promise<void>;
  /** Delays requests: all, or those of one API. Delays add up. */
  delay(delay: number | { api?: ApiName; ms: number }): Promise<void>;
  /** Answers the next requests of an API with an error (default: all, until {@link clear}). They have no effect. */
  error(api: ApiName, error: ErrorName, options?: { times?: number }): Promise<void>;
  /** Leaves requests unanswered until {@link resume}, as a stopped process does. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends all faults. */
  clear(): Promise<void>;
}

/** A fault that cannot be injected, such as a misspelt API. */
export class InvalidFault extends Error {
  override name = 'InvalidFault';
}

const byKey = new Map(registry.map(({ api }) => [api.key, api]));

/** Applies faults to the requests that it intercepts. */
export class FaultInjector implements Faults {
  private plan: FaultPlan = noFaults;
  private readonly waiting = new Set<() => void>();

  /** @param close closes all connections */
  constructor(private readonly close: () => void) {}

  async dropConnections(): Promise<void> {
    this.close();
  }

  async delay(delay: number | { api?: ApiName; ms: number }): Promise<void> {
    const { api, ms } = typeof delay === 'number' ? { ms: delay } : delay;
    if (api !== undefined) checkApi(api);
    if (!(ms >= 0 && ms <= MAX_DELAY_MS))
      throw new InvalidFault(`a delay of ${ms} ms is not from 0 to ${MAX_DELAY_MS}`);
    this.plan = { ...this.plan, delays: [...this.plan.delays, { api, ms }] };
  }

  async error(api: ApiName, error: ErrorName, { times = Infinity } = {}): Promise<void> {
    checkApi(api);
    if ((error as string) === 'NONE' || !Object.hasOwn(ErrorCode, error))
      throw new InvalidFault(unknown('error', error, Object.keys(ErrorCode)));
    if (!(times >= 1)) throw new InvalidFault(`an error cannot occur ${times} times`);
    this.plan = { ...this.plan, errors: [...this.plan.errors, { api, errorCode: ErrorCode[error], times }] };
  }

  async pause(): Promise<void> {
    this.plan = { ...this.plan, isPaused: true };
  }

  async resume(): Promise<void> {
    this.plan = { ...this.plan, isPaused: false };
    for (const resolve of [...this.waiting]) resolve();
  }

  async clear(): Promise<void> {
    this.plan = noFaults;
    await this.resume();
  }

  readonly intercept = ({ maxFrame, answer }: FrameHandler): FrameHandler => ({
    maxFrame,
    answer: async (frame, peer) => {
      const api = frame.length < 2 ? undefined : byKey.get(frame.readInt16BE(0));
      const [plan, { delayMs, errorCode }] = nextFate(this.plan, api?.name ?? '');
      this.plan = plan;
      if (delayMs > 0) await sleep(delayMs, undefined, { signal: peer.signal });
      await this.untilResumed(peer);
      if (!api || errorCode === undefined) return answer(frame, peer);
      return failed(api, frame, { errorCode, exchange: (each) => exchangeWith(answer, each, peer) });
    },
  });

  private async untilResumed({ signal }: Peer): Promise<void> {
    while (this.plan.isPaused && !signal.aborted)
      await new Promise<void>((resolve) => {
        const done = (): void => {
          this.waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        this.waiting.add(done);
        signal.addEventListener('abort', done);
      });
  }
}

const MAX_DELAY_MS = 600_000;

interface Failure {
  readonly errorCode: number;
  readonly exchange: Exchange;
}

/** A request that the broker would not answer in any case, such as Produce with acks=0, closes the connection. */
const failed = async (api: Api, frame: Buffer, { errorCode, exchange }: Failure): Promise<Buffer[]> => {
  const reader = new Reader(frame);
  const header = readHeader(reader);
  const version = header.apiVersion;
  if (version < api.versions[0] || version > api.versions[1])
    throw new Hangup(`${api.name} ${version} is not served`);
  const body = readBody(api, version, reader) as { acks?: number };
  if (api.key === produce.key && body.acks === 0) throw new Hangup('an injected error');
  const known = api.key === metadata.key ? await brokersOf(exchange) : {};
  return writeResponse(api, header, errorResponse(api, body, { version, errorCode, known }));
};

/** Without brokers in it, a response to Metadata would mean that there are none. */
const brokersOf = async (exchange: Exchange) => {
  const { brokers, controllerId, clusterId } = await call(exchange, metadata, { topics: [] });
  return { brokers, controllerId, clusterId };
};

const checkApi = (name: string): void => {
  if (!apiNames.some((each) => each === name)) throw new InvalidFault(unknown('API', name, apiNames));
  if (!registry.some(({ api }) => api.name === name))
    throw new InvalidFault(`the broker does not serve ${name}`);
};

/** Names are often written with other capitals, or incompletely. */
const unknown = (what: string, name: string, names: readonly string[]): string => {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');
  const similar = names.filter((each) => plain(name) !== '' && plain(each).includes(plain(name)));
  const hint =
    similar.length > 0 ? `did you mean ${similar.slice(0, 3).join(', ')}?` : 'see the README of @msx/broker';
  return `Kafka has no ${what} "${name}"; ${hint}`;
};
