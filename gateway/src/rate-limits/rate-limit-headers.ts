import type { Quota } from '../settings/quota.js';
import type { RateLimitResult } from './rate-limit-store.js';

/** The kind of client that a limit applies to. */
export type Policy = 'address' | 'principal';

/** One limit, and its state for the sender of a request. */
export interface LimitStatus {
  readonly policy: Policy;
  readonly quota: Quota;
  readonly result: RateLimitResult;
}

/**
 * `RateLimit-Policy` and `RateLimit` with a member for each limit (draft-ietf-httpapi-ratelimit-headers-11), and
 * `Retry-After` for clients that must wait (RFC 9110, 10.2.3). All times are seconds, rounded up, so that waiting is enough.
 */
export function rateLimitHeaders(statuses: readonly LimitStatus[]): Record<string, string> {
  const policies = statuses.map(({ policy, quota }) => `"${policy}";q=${quota.limit};w=${quota.window}`);
  const limits = statuses.map(
    ({ policy, result }) => `"${policy}";r=${result.remaining};t=${Math.ceil(result.resetAfter)}`,
  );
  const wait = Math.max(...statuses.map(({ result }) => retryAfter(result)));
  return {
    'ratelimit-policy': policies.join(', '),
    ratelimit: limits.join(', '),
    ...(wait > 0 && { 'retry-after': String(wait) }),
  };
}

export function retryAfter(result: RateLimitResult): number {
  return Math.ceil(result.retryAfter);
}
