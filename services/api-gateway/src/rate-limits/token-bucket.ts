import type { Quota, Taken } from './rate-limit-store.js';

/** A bucket is known by the time at which it is full again, in seconds on any clock; a full one is not known at all. */
export interface Bucket {
  readonly fullAt: number;
}

/**
 * Takes one token of a bucket that holds `limit` and refills evenly within `window`: a burst is allowed, a flood is
 * not. One number is all there is to remember, which is the generic cell rate algorithm (ITU-T I.371).
 */
export function takeToken(
  bucket: Bucket | undefined,
  { limit, window }: Quota,
  now: number,
): Taken & { bucket: Bucket } {
  const perToken = window / limit;
  const fullAt = Math.max(bucket?.fullAt ?? now, now);
  const after = fullAt + perToken;
  const wait = after - now - window;
  const allowed = wait <= perToken * TOLERANCE;
  const until = (allowed ? after : fullAt) - now;
  return {
    allowed,
    remaining: Math.max(0, Math.floor((window - until) / perToken + TOLERANCE)),
    resetAfter: until,
    retryAfter: allowed ? 0 : wait,
    bucket: { fullAt: now + until },
  };
}

/** Of a token: sums of fractions are never quite whole. */
const TOLERANCE = 1e-6;
