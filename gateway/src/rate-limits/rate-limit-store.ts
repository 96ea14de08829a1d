import type { Quota } from '../settings/quota.js';

/** The outcome of taking from a quota; times in seconds. */
export interface RateLimitResult {
  readonly allowed: boolean;
  /** The number of further requests allowed right now. */
  readonly remaining: number;
  /** Time until the whole quota is available again. */
  readonly resetAfter: number;
  /** Time until the next request is allowed; 0 if this one was. */
  readonly retryAfter: number;
}

/** Counts requests by key. `take` is atomic, however many gateways share the store; a store in memory returns at once. */
export interface RateLimitStore {
  take(key: string, quota: Quota): RateLimitResult | Promise<RateLimitResult>;
}

/** The injection token of the store. */
export const RATE_LIMIT_STORE = Symbol('rate limit store');
