import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Quota, RateLimitStore, Taken } from './rate-limit-store.js';
import { TOLERANCE, takenOf } from './token-bucket.js';

/** Where a Redis is, and how long it may take to answer, in milliseconds. */
export interface RedisLocation {
  /** `redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS. */
  readonly url: string;
  readonly timeout: number;
}

/** Before the keys of buckets, so that a Redis can serve others as well. */
export const KEY_PREFIX = 'msx:rate-limit:';

/** A connection that stays silent for so long, in milliseconds, is given up and made anew. */
const SILENCE = 5_000;

/**
 * One step of `takeToken`, by the clock of Redis, which is the same for all who share it. A bucket is `at missing`: so
 * many seconds of refilling were missing at that microsecond, which keeps small numbers exact. It expires when it is full.
 */
const TAKE = `
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local missing = 0
local known = redis.call('GET', KEYS[1])
if known then
  local at, was = string.match(known, '^(%S+) (%S+)$')
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

/** For any number of processes: each take is one script, which Redis runs in one step. It rejects when Redis is away. */
export class RedisStore implements RateLimitStore {
  private readonly redis: Scripted;
  /** What last went wrong with the connection; a command only learns that there is none. */
  private trouble: string | undefined;

  private constructor({ url, timeout }: RedisLocation) {
    const redis = new Redis(url, {
      lazyConnect: true,
      connectionName: 'api-gateway',
      commandTimeout: timeout,
      connectTimeout: SILENCE,
      socketTimeout: Math.max(SILENCE, timeout),
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempts) => Math.min(attempts * 100, 1_000),
      reconnectOnError: ({ message }) => message.startsWith('READONLY'),
    });
    redis.defineCommand('takeToken', { lua: TAKE, numberOfKeys: 1 });
    redis.on('error', ({ message }: Error) => (this.trouble = message));
    redis.on('ready', () => (this.trouble = undefined));
    this.redis = redis as Scripted;
  }

  /** Waits for the first connection, but no longer than for an answer: without one, it goes on trying by itself. */
  static async open(location: RedisLocation): Promise<RedisStore> {
    const store = new RedisStore(location);
    const connected = store.redis.connect().catch(() => undefined);
    await Promise.race([connected, setTimeout(location.timeout, undefined, { ref: false })]);
    return store;
  }

  async take(key: string, { limit, window }: Quota): Promise<Taken> {
    try {
      const [allowed, resetAfter] = await this.redis.takeToken(KEY_PREFIX + key, limit, window);
      return takenOf({ allowed: allowed === 1, resetAfter: Number(resetAfter) }, { limit, window });
    } catch (error) {
      throw new Error(this.trouble ?? (error as Error).message, { cause: error });
    }
  }

  close(): void {
    this.redis.disconnect();
  }
}
