import { DomainError } from '../../errors/domain-error.js';

export interface RetryPolicy {
  /** The number of attempts before a message is dead-lettered. */
  readonly attempts: number;
  /** The delay after the first failure, in milliseconds; each further failure multiplies it by four. */
  readonly firstDelay: number;
  readonly longestDelay: number;
}

export const DEFAULT_POLICY: RetryPolicy = { attempts: 5, firstDelay: 100, longestDelay: 5000 };

export interface Failure {
  /** Whether a dependency is unavailable. */
  readonly outage: boolean;
  /** Whether the message would fail the same way again. */
  readonly permanent: boolean;
  /** The number of failures of the message itself, this one included. */
  readonly attempts: number;
  /** The number of outages, this one included. */
  readonly outages: number;
}

export type RetryDecision = { readonly retryIn: number } | { readonly deadLetter: true };

/** Whether the error means that the database (`transient`) or another service is unavailable. */
export function isOutage(error: unknown, transient: boolean): boolean {
  return transient || (error instanceof DomainError && error.kind === 'unavailable');
}

/** Whether a rule refuses the message, which it will do however often it is asked. */
export function isPermanent(error: unknown): boolean {
  return error instanceof DomainError && (error.kind === 'invalid' || error.kind === 'not-found');
}

/** Decides what to do with a message that failed: outages are retried without limit, other failures are counted. */
export function decideRetry(failure: Failure, policy: RetryPolicy): RetryDecision {
  const { outage, permanent, attempts, outages } = failure;
  if (!outage && (permanent || attempts >= policy.attempts)) return { deadLetter: true };
  const exponent = (outage ? outages : attempts) - 1;
  return { retryIn: Math.min(policy.longestDelay, policy.firstDelay * 4 ** exponent) };
}
