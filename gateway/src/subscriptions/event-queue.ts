import { DomainError } from '@msx/runtime';

type Resolver<T> = (result: IteratorResult<T, undefined>) => void;

/** How many events a subscriber may be behind: more than a burst, and little enough for thousands of subscribers. */
const MAX_LENGTH = 1_000;

/**
 * The queue of events for one subscriber. A subscriber that is too slow is disconnected: skipping events would be wrong, and
 * keeping all of them would take unbounded memory.
 */
export class EventQueue<T> implements AsyncIterableIterator<T, undefined> {
  private readonly values: T[] = [];
  private waiting: Resolver<T> | undefined;
  private ended = false;
  private failure: Error | undefined;
  private release: () => void = () => undefined;

  constructor(private readonly maxLength = MAX_LENGTH) {}

  /** Calls `release` when the queue ends; at once if it has already ended. */
  onEnd(release: () => void): void {
    if (this.ended) release();
    else this.release = release;
  }

  push(value: T): void {
    if (this.ended) return;
    if (this.waiting) return this.deliver({ done: false, value });
    if (this.values.length < this.maxLength) return void this.values.push(value);
    this.failure = tooSlow(this.maxLength);
    this.values.length = 0;
    this.end();
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const { failure } = this;
    this.failure = undefined;
    if (failure) return Promise.reject(failure);
    if (this.values.length > 0) return Promise.resolve({ done: false, value: this.values.shift()! });
    if (this.ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => (this.waiting = resolve));
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.values.length = 0;
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    void this.return();
    return Promise.reject(error as Error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    this.release();
    if (this.waiting) this.deliver({ done: true, value: undefined });
  }

  private deliver(result: IteratorResult<T, undefined>): void {
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.(result);
  }
}

function tooSlow(maxLength: number): DomainError {
  const message = `more than ${maxLength} events are waiting for this subscriber; subscribe again`;
  return new DomainError('SUBSCRIBER_TOO_SLOW', message, { kind: 'exhausted' });
}
