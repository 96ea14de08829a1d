import type { OnApplicationShutdown } from '@nestjs/common';
import type { Quota, RateLimitStore, Taken } from './rate-limit-store.js';

/** Who wants to know how the shared store is. */
export interface Watcher {
  isThere(): void;
  isAway(reason: string): void;
}

/** One that others share as well. */
interface SharedStore extends RateLimitStore {
  take(key: string, quota: Quota): Promise<Taken>;
  close(): void;
}

/** Asked for only to see whether the store answers. */
const LOOK: Quota = { limit: 1_000, window: 1 };

/** Milliseconds between two looks: soon again while it is missed, rarely while it is there. */
const INTERVAL = { missing: 500, there: 2_000 };

/**
 * A shared store as long as it answers, and a local one while it does not: each process then keeps the limits for
 * itself, which is better than to refuse everybody, or to let everybody through. It looks by itself whether the shared one
 * is back; requests do not wait for that.
 */
export class FailOpenStore implements RateLimitStore, OnApplicationShutdown {
  private state: 'unknown' | 'there' | 'away' = 'unknown';
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly shared: SharedStore,
    private readonly local: RateLimitStore,
    private readonly watcher: Watcher,
  ) {}

  /** Asks the shared store from now on, at once and then again and again. */
  async watch(): Promise<void> {
    await this.shared.take('look', LOOK).then(
      () => this.found(),
      (error: Error) => this.lost(error),
    );
    if (this.stopped) return;
    const wait = this.state === 'there' ? INTERVAL.there : INTERVAL.missing;
    this.timer = setTimeout(() => void this.watch(), wait);
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.shared.close();
  }

  take(key: string, quota: Quota): Taken | Promise<Taken> {
    if (this.state !== 'there') return this.local.take(key, quota);
    return this.shared.take(key, quota).catch((error: Error) => {
      this.lost(error);
      return this.local.take(key, quota);
    });
  }

  private found(): void {
    if (this.state !== 'there' && !this.stopped) this.watcher.isThere();
    this.state = 'there';
  }

  private lost({ message }: Error): void {
    if (this.state !== 'away' && !this.stopped) this.watcher.isAway(message);
    this.state = 'away';
  }
}
