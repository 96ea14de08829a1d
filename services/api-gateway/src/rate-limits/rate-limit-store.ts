/** So many requests in so many seconds. */
export interface Quota {
  readonly limit: number;
  readonly window: number;
}

/** What became of one request; times in seconds. */
export interface Taken {
  readonly allowed: boolean;
  /** How many more are allowed right now. */
  readonly remaining: number;
  /** Until the whole quota is there again. */
  readonly resetAfter: number;
  /** Until the next one is allowed; 0 when this one was. */
  readonly retryAfter: number;
}

/** Who has taken how much. One `take` is one step, however many gateways share the store; a store in memory knows at once. */
export interface RateLimitStore {
  take(key: string, quota: Quota): Taken | Promise<Taken>;
}

/** The token that the store is injected by. */
export const RATE_LIMIT_STORE = Symbol('rate limit store');
