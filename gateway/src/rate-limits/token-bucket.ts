import type { Quota } from '../settings/quota.js';
import type { RateLimitResult } from './rate-limit-store.js';

/** A bucket is represented by the time at which it is full again, in seconds of any clock; full buckets are not stored. */
export interface Bucket {
  readonly fullAt: number;
}

/** As a fraction of a token, since sums of fractions are not exact. */
export const TOLERANCE = 1e-6;

/**
 * Takes one token from a bucket that holds `limit` tokens and refills evenly within `window`: a burst is allowed, a sustained
 * flood is not. Needs one number of state: the generic cell rate algorithm (ITU-T I.371).
 */
export function takeToken(
  bucket: Bucket | undefined,
  quota: Quota,
  now: number,
): { bucket: Bucket; result: RateLimitResult } {
  const perToken = quota.window / quota.limit;
  const missing = Math.max((bucket?.fullAt ?? now) - now, 0);
  const allowed = missing + perToken - quota.window <= perToken * TOLERANCE;
  const resetAfter = allowed ? missing + perToken : missing;
  return { bucket: { fullAt: now + resetAfter }, result: takeResult({ allowed, resetAfter }, quota) };
}

/** The outcome, from whether a token was available and when the bucket is full again. */
export function takeResult(
  { allowed, resetAfter }: Pick<RateLimitResult, 'allowed' | 'resetAfter'>,
  { limit, window }: Quota,
): RateLimitResult {
  const perToken = window / limit;
  return {
    allowed,
    remaining: Math.max(0, Math.floor((window - resetAfter) / perToken + TOLERANCE)),
    resetAfter,
    retryAfter: allowed ? 0 : resetAfter + perToken - window,
  };
}
