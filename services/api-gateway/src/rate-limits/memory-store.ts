import type { Quota, RateLimitStore, Taken } from './rate-limit-store.js';
import { takeToken } from './token-bucket.js';
import type { Bucket } from './token-bucket.js';

/** About 25 MB when full. */
const MAX_BUCKETS = 100_000;

/** For one process. Buckets that are full again are forgotten, and beyond `maxBuckets` those unused for longest. */
export class MemoryStore implements RateLimitStore {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly maxBuckets = MAX_BUCKETS,
    private readonly now = () => performance.now() / 1000,
  ) {}

  get size(): number {
    return this.buckets.size;
  }

  take(key: string, quota: Quota): Taken {
    const now = this.now();
    const { bucket, taken } = takeToken(this.buckets.get(key), quota, now);
    this.buckets.delete(key);
    this.buckets.set(key, bucket);
    this.forget(now);
    return taken;
  }

  /** Looks at the two buckets unused for longest: more than are added, so that the idle ones go. */
  private forget(now: number): void {
    for (let looks = 0; looks < 2; looks++) {
      const [oldest] = this.buckets;
      if (oldest && (oldest[1].fullAt <= now || this.buckets.size > this.maxBuckets))
        this.buckets.delete(oldest[0]);
    }
  }
}
