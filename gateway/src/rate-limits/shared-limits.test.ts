import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';
import { describeWithRedis, RedisServer } from './redis.fixture.js';

describeWithRedis('gateways that share a Redis', () => {
  const redis = new RedisServer();
  const gateways = [new Gateway(), new Gateway()] as const;
  const [one, other] = gateways;
  const start = (gateway: Gateway, timeout = '10000') =>
    gateway.start('development', {
      RATE_LIMIT_ADDRESS: '10/36000',
      TRUST_PROXY: 'loopback',
      REDIS_URL: redis.url,
      REDIS_TIMEOUT: timeout,
    });
  beforeAll(async () => {
    await redis.start();
    await Promise.all(gateways.map((gateway) => start(gateway)));
  });
  afterAll(async () => {
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await redis.kill();
  });

  it('share the quota of an address', async () => {
    const statuses = await askMany([...Array(12).fill(one), ...Array(12).fill(other)], '192.0.2.1');
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(14);
  });

  it('limit on their own while it is down, report that, and share again when it is back', async () => {
    await redis.kill();
    expect(await askMany(Array(12).fill(one), '192.0.2.2')).toEqual([...Array(10).fill(200), 429, 429]);
    expect(await askMany([other], '192.0.2.2')).toEqual([200]);
    await untilHealthy(one, false);
    expect(await redisCheck(one)).toEqual({ name: 'redis', ok: false, reason: expect.stringMatching(/./) });

    await redis.start();
    await Promise.all(gateways.map((gateway) => untilHealthy(gateway, true)));
    const statuses = await askMany([...Array(8).fill(one), ...Array(8).fill(other)], '192.0.2.3');
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
  });
});

describeWithRedis('a gateway whose Redis does not respond', () => {
  const redis = new RedisServer();
  let gateway: Gateway;
  beforeEach(async () => void (gateway = new Gateway()));
  afterEach(async () => {
    await gateway.stop();
    await redis.kill();
  });

  it('still serves requests, and counts on its own until it does', async () => {
    await redis.start();
    await gateway.start('development', { REDIS_URL: redis.url, REDIS_TIMEOUT: '50' });
    await untilHealthy(gateway, true);
    redis.freeze();
    expect(await askMany(Array(5).fill(gateway))).toEqual(Array(5).fill(200));
    await untilHealthy(gateway, false);
    expect(await redisCheck(gateway)).toMatchObject({ reason: expect.stringMatching(/timed out/i) });
    redis.thaw();
    await untilHealthy(gateway, true);
  });

  it('starts without it', async () => {
    const away = { REDIS_URL: 'redis://user:secret@127.0.0.1:1', RATE_LIMIT_ADDRESS: '2/36000' };
    await gateway.start('development', away);
    expect(await askMany(Array(3).fill(gateway))).toEqual([200, 200, 429]);
    expect(await redisCheck(gateway)).toEqual({
      name: 'redis',
      ok: false,
      reason: 'connect ECONNREFUSED 127.0.0.1:1',
    });
  });
});

async function askMany(gateways: readonly Gateway[], address = '192.0.2.9'): Promise<number[]> {
  const statuses = [];
  for (const gateway of gateways) {
    const { status } = await gateway.gql('{ __typename }', {}, { 'x-forwarded-for': address });
    statuses.push(status);
  }
  return statuses;
}

async function redisCheck(gateway: Gateway): Promise<{ ok: boolean } | undefined> {
  const { checks } = (await (await fetch(`${gateway.healthUrl}/started`)).json()) as {
    checks: { name: string; ok: boolean }[];
  };
  return checks.find(({ name }) => name === 'redis');
}

async function untilHealthy(gateway: Gateway, ok: boolean): Promise<void> {
  while ((await redisCheck(gateway))?.ok !== ok) await new Promise((resolve) => setTimeout(resolve, 20));
}
