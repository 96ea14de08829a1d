/** The number of requests allowed in a window of seconds. */
export interface Quota {
  readonly limit: number;
  readonly window: number;
}
