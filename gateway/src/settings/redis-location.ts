/** The address of a Redis, and its response timeout in milliseconds. */
export interface RedisLocation {
  /** `redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS. */
  readonly url: string;
  readonly timeout: number;
}
