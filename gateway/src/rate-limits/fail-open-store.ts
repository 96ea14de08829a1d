import type { OnApplicationShutdown } from '@nestjs/common';
import type { Quota } from '../settings/quota.js';
import type { RateLimitStore, RateLimitResult } from './rate-limit-store.js';

/** Is notified when the shared store becomes available or unavailable. */
export interface StoreObserver {
  available(): void;
  unavailable(reason: string): void;
}

/** A store that several processes share. */
interface SharedStore extends RateLimitStore {
  take(key: string, quota: Quota): Promise<RateLimitResult>;
  close(): void;
}

/** RateLimitResult only to check whether the store responds. */
const PROBE: Quota = { limit: 1_000, window: 1 };

/** Between two probes: shorter while the store is unavailable. */
const INTERVAL_MS = { unavailable: 500, available: 2_000 };

/**
 * Uses a shared store while it is available, and otherwise a local one: each process then enforces the limits on its own,
 * which is better than refusing or admitting everybody. It probes the shared store in the background; requests do not wait
 * for that.
 */
export class FailOpenStore implements RateLimitStore, OnApplicationShutdown {
  private state: 'unknown' | 'available' | 'unavailable' = 'unknown';
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly shared: SharedStore,
    private readonly local: RateLimitStore,
    private readonly observer: StoreObserver,
  ) {}

  /** Probes the shared store now, and then periodically. */
  async watch(): Promise<void> {
    await this.shared.take('look', PROBE).then(
      () => this.found(),
      (error: Error) => this.lost(error),
    );
    if (this.stopped) return;
    const wait = this.state === 'available' ? INTERVAL_MS.available : INTERVAL_MS.unavailable;
    this.timer = setTimeout(() => void this.watch(), wait);
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.shared.close();
  }

  take(key: string, quota: Quota): RateLimitResult | Promise<RateLimitResult> {
    if (this.state !== 'available') return this.local.take(key, quota);
    return this.shared.take(key, quota).catch((error: Error) => {
      this.lost(error);
      return this.local.take(key, quota);
    });
  }

  private found(): void {
    if (this.state !== 'available' && !this.stopped) this.observer.available();
    this.state = 'available';
  }

  private lost({ message }: Error): void {
    if (this.state !== 'unavailable' && !this.stopped) this.observer.unavailable(message);
    this.state = 'unavailable';
  }
}
