import { DomainError } from '@msx/runtime';
import { retryAfter } from './rate-limit-headers.js';
import type { RateLimitResult } from './rate-limit-store.js';

/** The error for a client that exceeded a limit, with the time to wait. */
export function rateLimited(result: RateLimitResult): DomainError {
  const seconds = retryAfter(result);
  return new DomainError('RATE_LIMITED', `too many requests; try again in ${seconds} s.`, {
    kind: 'exhausted',
    metadata: { retryAfter: String(seconds) },
  });
}
