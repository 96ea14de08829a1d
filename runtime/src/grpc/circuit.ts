import type { CircuitBreakerPolicy } from 'cockatiel';
import { DomainError } from '../errors/domain-error.js';
import { isSilence } from './silence.js';

/** Closed lets calls through, open holds them back, half-open has let one through to see. */
export type CircuitState = 'closed' | 'open' | 'half-open';

export type CircuitListener = (state: CircuitState) => void;

const STATES: readonly CircuitState[] = ['closed', 'open', 'half-open'];

/** It opens when more than half of the last calls, at least 5 of at most 20, were not answered. */
const LAST_CALLS = { size: 20, minimumNumberOfCalls: 5, threshold: 0.5 };

/** For how long an open circuit holds calls back before it tries one, in milliseconds. */
const PAUSE = 1000;

/**
 * Spares callers the wait for a service that does not answer, and that service the calls: docs/adr/0015. Only silence
 * counts; an error that the service itself answered is an answer. The library is loaded by the first failure, since most
 * runs see none.
 */
export class Circuit {
  private policy: CircuitBreakerPolicy | undefined;

  constructor(
    private readonly upstream: string,
    private readonly listener: CircuitListener = () => undefined,
  ) {}

  get state(): CircuitState {
    return STATES[this.policy?.state ?? 0]!;
  }

  /** @throws what `call` throws; DomainError UNAVAILABLE with `retryAfter` in seconds when it is held back */
  async run<T>(call: () => Promise<T>): Promise<T> {
    const { policy } = this;
    if (!policy) return call().catch((error: unknown) => this.begin(error));
    if (this.state === 'half-open') throw this.heldBack();
    let called = false;
    try {
      return await policy.execute(() => {
        called = true;
        return call();
      });
    } catch (error) {
      throw called ? error : this.heldBack();
    }
  }

  /** Closes it: the service is known to be back. */
  reset(): void {
    const { state } = this;
    this.policy = undefined;
    if (state !== 'closed') this.listener('closed');
  }

  /** Counts from the first failure on; the calls before it all went well. */
  private async begin(error: unknown): Promise<never> {
    if (!isSilence(error)) throw error;
    const { circuitBreaker, CountBreaker, handleWhen } = await import('cockatiel');
    if (!this.policy) {
      const breaker = new CountBreaker(LAST_CALLS);
      const policy = circuitBreaker(handleWhen(isSilence), { breaker, halfOpenAfter: PAUSE });
      policy.onStateChange(() => this.policy === policy && this.listener(this.state));
      this.policy = policy;
    }
    await this.policy.execute(() => Promise.reject(error as Error)).catch(() => undefined);
    throw error;
  }

  private heldBack(): DomainError {
    const metadata = { retryAfter: String(PAUSE / 1000) };
    return new DomainError('UNAVAILABLE', `${this.upstream} has not been answering, and is given a pause`, {
      kind: 'unavailable',
      metadata,
    });
  }
}
