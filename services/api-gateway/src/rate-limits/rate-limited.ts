import { DomainError } from '@msx/runtime';
import { retryAfter } from './rate-limit-headers.js';
import type { Taken } from './rate-limit-store.js';

/** What whoever asked for too much is told: to wait, and for how long. */
export function rateLimited(taken: Taken): DomainError {
  const seconds = retryAfter(taken);
  return new DomainError('RATE_LIMITED', `too many requests; try again in ${seconds} s.`, {
    kind: 'exhausted',
    metadata: { retryAfter: String(seconds) },
  });
}
