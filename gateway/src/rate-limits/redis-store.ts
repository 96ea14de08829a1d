import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Quota } from '../settings/quota.js';
import type { RedisLocation } from '../settings/redis-location.js';
import type { RateLimitStore, RateLimitResult } from './rate-limit-store.js';
import { TOLERANCE, takeResult } from './token-bucket.js';

/** The prefix of bucket keys, so that others can share the Redis. */
export const KEY_PREFIX = 'msx:rate-limit:';

/** A connection without any response for this long is closed and reopened. */
const SOCKET_TIMEOUT_MS = 5_000;

/**
 * `takeToken` as an atomic script, with the clock of Redis, which all processes share. A bucket is stored as `at missing`: the
 * time in microseconds, and the seconds of refilling that were missing then, which keeps small numbers exact. It expires when
 * it is full.
 */
const TAKE = `
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local missing = 0
local bucket = redis.call('GET', KEYS[1])
if bucket then
  local at, was = string.match(bucket, '^(%S+) (%S+)$')
  missing = math.max(0, tonumber(was) - (now - tonumber(at)) / 1000000)
end
local perToken = window / limit
if missing + perToken - window > perToken * ${TOLERANCE} then
  return { 0, string.format('%.17g', missing) }
end
missing = missing + perToken
redis.call('SET', KEYS[1], string.format('%.0f %.17g', now, missing), 'PX', math.ceil(missing * 1000))
return { 1, string.format('%.17g', missing) }
`;

interface Scripted extends Redis {
  takeToken(key: string, limit: number, window: number): Promise<[allowed: 0 | 1, resetAfter: string]>;
}

/** For any number of processes: each take is one atomic script. Rejects when Redis is unavailable. */
export class RedisStore implements RateLimitStore {
  private readonly redis: Scripted;
  /** The last error of the connection; commands fail only with the fact that there is none. */
  private connectionError: string | undefined;

  private constructor({ url, timeout }: RedisLocation) {
    const redis = new Redis(url, {
      lazyConnect: true,
      connectionName: 'api-gateway',
      commandTimeout: timeout,
      connectTimeout: SOCKET_TIMEOUT_MS,
      socketTimeout: Math.max(SOCKET_TIMEOUT_MS, timeout),
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempts) => Math.min(attempts * 100, 1_000),
      reconnectOnError: ({ message }) => message.startsWith('READONLY'),
    });
    redis.defineCommand('takeToken', { lua: TAKE, numberOfKeys: 1 });
    redis.on('error', ({ message }: Error) => (this.connectionError = message));
    redis.on('ready', () => (this.connectionError = undefined));
    this.redis = redis as Scripted;
  }

  /** Waits for the first connection up to the timeout, and then keeps connecting in the background. */
  static async open(location: RedisLocation): Promise<RedisStore> {
    const store = new RedisStore(location);
    const connected = store.redis.connect().catch(() => undefined);
    await Promise.race([connected, setTimeout(location.timeout, undefined, { ref: false })]);
    return store;
  }

  async take(key: string, { limit, window }: Quota): Promise<RateLimitResult> {
    try {
      const [allowed, resetAfter] = await this.redis.takeToken(KEY_PREFIX + key, limit, window);
      return takeResult({ allowed: allowed === 1, resetAfter: Number(resetAfter) }, { limit, window });
    } catch (error) {
      throw new Error(this.connectionError ?? (error as Error).message, { cause: error });
    }
  }

  close(): void {
    this.redis.disconnect();
  }
}
