import type { Quota } from '../settings/quota.js';
import type { RateLimitStore, RateLimitResult } from './rate-limit-store.js';
import { takeToken } from './token-bucket.js';
import type { Bucket } from './token-bucket.js';

/** About 25 MB when full. */
const MAX_BUCKETS = 100_000;

/** For one process. Evicts buckets that are full again and, beyond `maxBuckets`, the least recently used. */
export class MemoryStore implements RateLimitStore {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly maxBuckets = MAX_BUCKETS,
    private readonly now = () => performance.now() / 1000,
  ) {}

  get size(): number {
    return this.buckets.size;
  }

  take(key: string, quota: Quota): RateLimitResult {
    const now = this.now();
    const { bucket, result } = takeToken(this.buckets.get(key), quota, now);
    this.buckets.delete(key);
    this.buckets.set(key, bucket);
    this.evict(now);
    return result;
  }

  /** Checks the two least recently used buckets: more than are added, so that idle ones are evicted over time. */
  private evict(now: number): void {
    for (let checks = 0; checks < 2; checks++) {
      const [oldest] = this.buckets;
      if (oldest && (oldest[1].fullAt <= now || this.buckets.size > this.maxBuckets))
        this.buckets.delete(oldest[0]);
    }
  }
}
