import { DomainError } from '@msx/runtime';

type Taker<T> = (result: IteratorResult<T, undefined>) => void;

/** What a subscriber may be behind by: more than a burst, and small enough to keep for thousands of them. */
const LONGEST = 1_000;

/**
 * Events on their way to one subscriber. Whoever takes them more slowly than they come is cut off: to leave some out would
 * be a lie, and to keep them all would cost memory without bound.
 */
export class EventQueue<T> implements AsyncIterableIterator<T, undefined> {
  private readonly values: T[] = [];
  private taker: Taker<T> | undefined;
  private ended = false;
  private failure: Error | undefined;
  private release: () => void = () => undefined;

  constructor(private readonly longest = LONGEST) {}

  /** Is called once nobody takes events any longer; at once when that is so already. */
  onEnd(release: () => void): void {
    if (this.ended) release();
    else this.release = release;
  }

  push(value: T): void {
    if (this.ended) return;
    if (this.taker) return this.hand({ done: false, value });
    if (this.values.length < this.longest) return void this.values.push(value);
    this.failure = tooSlow(this.longest);
    this.values.length = 0;
    this.end();
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const { failure } = this;
    this.failure = undefined;
    if (failure) return Promise.reject(failure);
    if (this.values.length > 0) return Promise.resolve({ done: false, value: this.values.shift()! });
    if (this.ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => (this.taker = resolve));
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
    if (this.taker) this.hand({ done: true, value: undefined });
  }

  private hand(result: IteratorResult<T, undefined>): void {
    const { taker } = this;
    this.taker = undefined;
    taker?.(result);
  }
}

function tooSlow(longest: number): DomainError {
  const message = `more than ${longest} events waited to be taken; subscribe again`;
  return new DomainError('SUBSCRIBER_TOO_SLOW', message, { kind: 'exhausted' });
}
