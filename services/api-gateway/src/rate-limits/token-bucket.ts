import type { Quota, Taken } from './rate-limit-store.js';

/** A bucket is known by the time at which it is full again, in seconds on any clock; a full one is not known at all. */
export interface Bucket {
  readonly fullAt: number;
}

/** Of a token: sums of fractions are never quite whole. */
export const TOLERANCE = 1e-6;

/**
 * Takes one token of a bucket that holds `limit` and refills evenly within `window`: a burst is allowed, a flood is
 * not. One number is all there is to remember, which is the generic cell rate algorithm (ITU-T I.371).
 */
export function takeToken(
  bucket: Bucket | undefined,
  quota: Quota,
  now: number,
): { bucket: Bucket; taken: Taken } {
  const perToken = quota.window / quota.limit;
  const missing = Math.max((bucket?.fullAt ?? now) - now, 0);
  const allowed = missing + perToken - quota.window <= perToken * TOLERANCE;
  const resetAfter = allowed ? missing + perToken : missing;
  return { bucket: { fullAt: now + resetAfter }, taken: takenOf({ allowed, resetAfter }, quota) };
}

/** What follows from whether a token was there, and from when the bucket is full again after that. */
export function takenOf(
  { allowed, resetAfter }: Pick<Taken, 'allowed' | 'resetAfter'>,
  { limit, window }: Quota,
): Taken {
  const perToken = window / limit;
  return {
    allowed,
    remaining: Math.max(0, Math.floor((window - resetAfter) / perToken + TOLERANCE)),
    resetAfter,
    retryAfter: allowed ? 0 : resetAfter + perToken - window,
  };
}
