import type { DomainError } from '@msx/runtime';
import { userErrors } from './user.errors.js';

export interface SlotLimits {
  /** How many tasks run at a time. */
  readonly concurrency: number;
  /** How many tasks may wait for a slot. */
  readonly queueLength: number;
  /** How long a task may wait for a slot. */
  readonly timeoutMs: number;
}

/**
 * Runs costly tasks a few at a time. A task is refused at once when the queue is full, and when it has waited too long: a
 * caller who is told to retry has an answer, while one who is kept waiting assumes that the service is down.
 */
export class Slots {
  private running = 0;
  private readonly waiting = new Set<() => void>();

  constructor(private readonly limits: SlotLimits) {}

  /** @throws DomainError RATE_LIMITED */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.running < this.limits.concurrency) this.running++;
    else await this.acquire();
    try {
      return await task();
    } finally {
      const [next] = this.waiting;
      if (next) next();
      else this.running--;
    }
  }

  /** Resolves when a task that ends has passed its slot on. */
  private acquire(): Promise<void> {
    if (this.waiting.size >= this.limits.queueLength) return Promise.reject(busy());
    return new Promise((resolve, reject) => {
      const take = (): void => {
        clearTimeout(timer);
        this.waiting.delete(take);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.delete(take);
        reject(busy());
      }, this.limits.timeoutMs);
      this.waiting.add(take);
    });
  }
}

function busy(): DomainError {
  return userErrors.RATE_LIMITED('too many passwords are being checked; try again in 1 s', {
    metadata: { retryAfter: '1' },
  });
}
