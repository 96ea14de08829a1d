import type { Quota, Taken } from './rate-limit-store.js';

/** Whom a limit is about. */
export type Policy = 'address' | 'principal';

/** One limit, and where the sender of a request stands with it. */
export interface Standing {
  readonly policy: Policy;
  readonly quota: Quota;
  readonly taken: Taken;
}

/**
 * `RateLimit-Policy` and `RateLimit`, a member for each limit (draft-ietf-httpapi-ratelimit-headers-11), and for who has
 * to wait `Retry-After` (RFC 9110, 10.2.3). All times are seconds, rounded up, so that who waits them waits enough.
 */
export function rateLimitHeaders(standings: readonly Standing[]): Record<string, string> {
  const policies = standings.map(({ policy, quota }) => `"${policy}";q=${quota.limit};w=${quota.window}`);
  const limits = standings.map(
    ({ policy, taken }) => `"${policy}";r=${taken.remaining};t=${Math.ceil(taken.resetAfter)}`,
  );
  const wait = Math.max(...standings.map(({ taken }) => retryAfter(taken)));
  return {
    'ratelimit-policy': policies.join(', '),
    ratelimit: limits.join(', '),
    ...(wait > 0 && { 'retry-after': String(wait) }),
  };
}

export function retryAfter(taken: Taken): number {
  return Math.ceil(taken.retryAfter);
}
