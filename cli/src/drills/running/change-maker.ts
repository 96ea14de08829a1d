import { setTimeout as pause } from 'node:timers/promises';
import { randomSource } from '../plan/random.js';
import type { AnnouncedEvent, VerificationContext, Violation } from '@msx/runtime';
import type { ServiceClient } from './service-client.js';
import type { ServiceVerification } from './load-verifications.js';

/** Clients that make changes at the same time. */
const CLIENTS = 4;
const RETRY_MS = 100;
/** How long a client tries to make a change. */
const GIVE_UP_MS = 90_000;

interface ChangeMakerParts {
  readonly verifications: readonly ServiceVerification[];
  readonly client: ServiceClient;
  readonly seed: number;
  /** Differs between any two runs. */
  readonly run: string;
  readonly signal: AbortSignal;
}

/** Makes the changes that the verifications of the services declare, as clients do who retry until there is an answer. */
export class ChangeMaker {
  /** The events of the acknowledged changes. */
  readonly announced: AnnouncedEvent[] = [];
  /** Changes that nobody acknowledged, although clients tried for long, with the last answer. */
  readonly refused: Violation[] = [];
  #next = 0;
  #prepared: unknown[] | undefined;

  constructor(private readonly parts: ChangeMakerParts) {}

  /** What the code of a verification works with; `name`: what its random choices are for. */
  context(name: string): VerificationContext {
    const { run, seed, client } = this.parts;
    return {
      run,
      random: randomSource(seed, name),
      call: (service, method, request) => client.call(service, method, request),
    };
  }

  /** Makes that many changes; `acknowledged` is called after each with how many of them are. */
  async make(count: number, acknowledged: (done: number) => void = () => undefined): Promise<void> {
    const changing = this.parts.verifications.filter(({ verification }) => verification.change);
    this.#prepared ??= await Promise.all(
      changing.map(
        ({ service, verification: { prepare } }) =>
          prepare && this.#untilAnswered(() => prepare(this.context(service.name))),
      ),
    );
    const end = this.#next + count;
    let done = 0;
    const client = async () => {
      while (this.#next < end && this.refused.length === 0) {
        const n = this.#next++;
        const turn = n % changing.length;
        await this.#makeOne(changing[turn]!, { n, prepared: this.#prepared![turn] });
        acknowledged(++done);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
  }

  async #makeOne(
    { service, verification }: ServiceVerification,
    change: { readonly n: number; readonly prepared: unknown },
  ): Promise<void> {
    const context = () => this.context(`${service.name} ${change.n}`);
    try {
      const events = await this.#untilAnswered(() => verification.change!({ ...context(), ...change }));
      this.announced.push(...events);
    } catch (error) {
      this.parts.signal.throwIfAborted();
      this.refused.push({ id: `${service.name} ${change.n}`, found: (error as Error).message });
    }
  }

  /** Tries again while it fails, as a service may be away. */
  async #untilAnswered<T>(work: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + GIVE_UP_MS;
    for (;;) {
      this.parts.signal.throwIfAborted();
      try {
        return await work();
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await pause(RETRY_MS);
      }
    }
  }
}
