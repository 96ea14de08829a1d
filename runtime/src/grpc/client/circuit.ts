import type { CircuitBreakerPolicy } from 'cockatiel';
import { DomainError } from '../../errors/domain-error.js';
import { isSilence } from './silence.js';

/** Closed: calls pass. Open: calls are rejected. Half-open: one call is let through as a probe. */
export type CircuitState = 'closed' | 'open' | 'half-open';

export type CircuitListener = (state: CircuitState) => void;

const STATES: readonly CircuitState[] = ['closed', 'open', 'half-open'];

/** It opens when more than half of the last calls, at least 5 of at most 20, were not answered. */
const LAST_CALLS = { size: 20, minimumNumberOfCalls: 5, threshold: 0.5 };

/** How long an open circuit rejects calls before it lets one through. */
const HALF_OPEN_AFTER_MS = 1000;

/**
 * A circuit breaker: callers fail fast while a service does not answer, and the service is spared their calls:
 * docs/adr/0015. Only unanswered calls count; an error that the service itself returned is an answer. The library is
 * loaded at the first failure, because most runs have none.
 */
export class Circuit {
  private policy: CircuitBreakerPolicy | undefined;
  private hanging = false;

  constructor(
    private readonly upstream: string,
    private readonly listener: CircuitListener = () => undefined,
  ) {}

  get state(): CircuitState {
    return this.hanging ? 'open' : STATES[this.policy?.state ?? 0]!;
  }

  /** @throws what `call` throws; DomainError UNAVAILABLE with `retryAfter` in seconds when the circuit is open */
  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.hanging) throw this.rejection();
    const { policy } = this;
    if (!policy) return call().catch((error: unknown) => this.begin(error));
    if (this.state === 'half-open') throw this.rejection();
    let called = false;
    try {
      return await policy.execute(() => {
        called = true;
        return call();
      });
    } catch (error) {
      throw called ? error : this.rejection();
    }
  }

  /** Opens it until `reset`, for a service that is known to hang. */
  forceOpen(): void {
    const { state } = this;
    this.hanging = true;
    if (state !== 'open') this.listener('open');
  }

  /** Closes it, for a service that is known to be back. */
  reset(): void {
    const { state } = this;
    this.policy = undefined;
    this.hanging = false;
    if (state !== 'closed') this.listener('closed');
  }

  /** Starts counting at the first failure; all calls before it succeeded. */
  private async begin(error: unknown): Promise<never> {
    if (!isSilence(error)) throw error;
    const { circuitBreaker, CountBreaker, handleWhen } = await import('cockatiel');
    if (!this.policy) {
      const breaker = new CountBreaker(LAST_CALLS);
      const policy = circuitBreaker(handleWhen(isSilence), { breaker, halfOpenAfter: HALF_OPEN_AFTER_MS });
      policy.onStateChange(() => this.policy === policy && !this.hanging && this.listener(this.state));
      this.policy = policy;
    }
    await this.policy.execute(() => Promise.reject(error as Error)).catch(() => undefined);
    throw error;
  }

  private rejection(): DomainError {
    const metadata = { retryAfter: String(HALF_OPEN_AFTER_MS / 1000) };
    return new DomainError('UNAVAILABLE', `${this.upstream} has not been answering; retry later`, {
      kind: 'unavailable',
      metadata,
    });
  }
}
