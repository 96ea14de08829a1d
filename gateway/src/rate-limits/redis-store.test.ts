import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { describeWithRedis, RedisServer } from './redis.fixture.js';
import { KEY_PREFIX, RedisStore } from './redis-store.js';
import { keepsRateLimits } from './store.fixture.js';

/** Guards against a Redis that hangs; response times do not matter here. */
const TIMEOUT_MS = 60_000;

describeWithRedis('the Redis store', () => {
  const server = new RedisServer();
  let redis: Redis;
  beforeAll(async () => {
    await server.start();
    redis = new Redis(server.url);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.kill();
  });
  const open = () => RedisStore.open({ url: server.url, timeout: TIMEOUT_MS });

  keepsRateLimits(async () => {
    await redis.flushall();
    const store = await open();
    const pass = (seconds: number) => advance(redis, seconds);
    return { store, pass, close: () => store.close() };
  });

  it('shares one quota between processes', async () => {
    const stores = await Promise.all([open(), open(), open()]);
    const takes = Array.from({ length: 60 }, (_, n) =>
      stores[n % 3]!.take('shared', { limit: 20, window: 20 * 3_600 }),
    );
    expect((await Promise.all(takes)).filter(({ allowed }) => allowed)).toHaveLength(20);
    stores.forEach((store) => store.close());
  });

  it('leaves nothing behind: a bucket expires when it is full again', async () => {
    await redis.flushall();
    const store = await open();
    await store.take('k', { limit: 10, window: 1_000 });
    expect(await redis.keys('*')).toEqual([`${KEY_PREFIX}k`]);
    const left = await redis.pttl(`${KEY_PREFIX}k`);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(100_000);
    store.close();
  });

  it('reports why Redis is unavailable, but never its password', async () => {
    const store = await RedisStore.open({ url: 'redis://user:secret@127.0.0.1:1', timeout: TIMEOUT_MS });
    const take = store.take('k', { limit: 1, window: 1 });
    await expect(take).rejects.toThrow('connect ECONNREFUSED 127.0.0.1:1');
    await expect(take).rejects.not.toThrow(/secret/);
    store.close();
  });
});

/** The clock of Redis cannot be set, so the buckets are backdated. */
async function advance(redis: Redis, seconds: number): Promise<void> {
  for (const key of await redis.keys(`${KEY_PREFIX}*`)) {
    const [at, missing] = (await redis.get(key))!.split(' ');
    await redis.set(key, `${Number(at) - Math.round(seconds * 1e6)} ${missing}`);
  }
}
