import { DomainError } from '../errors/domain-error.js';

export interface RetryPolicy {
  /** How often a message is handled in all before it is a dead letter. */
  readonly attempts: number;
  /** The pause after the first failure, in milliseconds; four times as long after each further one. */
  readonly firstDelay: number;
  readonly longestDelay: number;
}

export const DEFAULT_POLICY: RetryPolicy = { attempts: 5, firstDelay: 100, longestDelay: 5000 };

export interface Failure {
  /** Is it something else that is away? */
  readonly outage: boolean;
  /** How often the message has failed by itself, this time included. */
  readonly attempts: number;
  /** How often something else was away, this time included. */
  readonly outages: number;
}

export type Verdict = { readonly retryIn: number } | { readonly deadLetter: true };

/** Is the error about the database (which says so itself) or another service being away, and not about the message? */
export function isOutage(error: unknown, transient: boolean): boolean {
  return transient || (error instanceof DomainError && error.kind === 'unavailable');
}

/** What becomes of a message that could not be handled: outages are sat out, its own failures are counted. */
export function judge({ outage, attempts, outages }: Failure, policy: RetryPolicy): Verdict {
  if (!outage && attempts >= policy.attempts) return { deadLetter: true };
  const exponent = (outage ? outages : attempts) - 1;
  return { retryIn: Math.min(policy.longestDelay, policy.firstDelay * 4 ** exponent) };
}
