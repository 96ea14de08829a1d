import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { createTestDatabase, describeDatabases } from '../../database/databases.fixture.js';
import type { TestDatabase } from '../../database/databases.fixture.js';
import { runInContext } from '../../requests/request-context.js';
import { continueTrace } from '../../requests/trace-context.js';
import { eventually, TestBroker } from '../kafka/broker.fixture.js';
import type { Follower } from '../kafka/broker.fixture.js';
import { EventService, noted } from '../events.fixture.js';
import { KillableService } from '../killable-service.fixture.js';

describeDatabases('OutboxRelay', (driver) => {
  let broker: TestBroker;
  let testDatabase: TestDatabase;
  const services: EventService[] = [];
  const followers: Follower[] = [];

  beforeAll(async () => void (broker = await TestBroker.start()));
  afterAll(() => broker.remove());
  beforeEach(async () => void (testDatabase = await createTestDatabase(driver)));

  afterEach(async () => {
    for (const service of services.splice(0)) await service.stop();
    for (const follower of followers.splice(0)) await follower.stop();
    await testDatabase.remove();
  });

  async function start(address = broker.address): Promise<EventService> {
    const service = await EventService.start({ url: testDatabase.url, broker: address, name: 'relayed' });
    services.push(service);
    return service;
  }

  async function follow(): Promise<Follower> {
    const follower = await broker.follow(['note.noted']);
    followers.push(follower);
    return follower;
  }

  const textsOf = ({ messages }: Follower, key: string): string[] =>
    messages
      .filter((message) => message.key === key)
      .map(({ value }) => (JSON.parse(value) as { text: string }).text);

  it('publishes a committed event at once, as a CloudEvent, and deletes its row', async () => {
    const service = await start();
    await eventually('the relay has reached Kafka', async () => (await service.health()).started);
    const follower = await follow();
    const key = `k-${driver}`;
    const trace = continueTrace('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
    await runInContext({ requestId: 'r', trace }, () => service.note(key, 'hello'));
    await eventually('the outbox is empty', async () => (await service.count('outbox')) === 0);
    await eventually('the event arrives', () => textsOf(follower, key).length === 1);
    const { headers } = follower.messages.find((message) => message.key === key)!;
    expect(headers).toEqual({
      ce_specversion: '1.0',
      ce_id: expect.stringMatching(/^[\da-f-]{36}$/),
      ce_type: 'note.noted',
      ce_source: 'relayed',
      ce_time: expect.stringMatching(/^\d{4}-.*Z$/),
      'content-type': 'application/json',
      traceparent: `00-0af7651916cd43dd8448eb211c80319c-${trace.spanId}-01`,
    });
  });

  it('publishes nothing of a transaction that was rolled back', async () => {
    const service = await start();
    const failing = service.database.transaction(async () => {
      await service.note('gone', 'never');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await service.count('outbox')).toBe(0);
  });

  it('reports within seconds that Kafka is paused, and continues when it is back', async () => {
    const service = await start();
    await eventually('the relay has reached Kafka', async () => (await service.health()).started);
    const outbox = async () => (await service.health()).checks.find(({ name }) => name === 'outbox')!;
    broker.pause();
    try {
      await service.note(`paused-${driver}`, 'waits');
      const paused = Date.now();
      await eventually('it is reported', async () => !(await outbox()).ok, 15);
      expect(Date.now() - paused).toBeLessThan(8_000);
      expect((await outbox()).reason).toBe(`Kafka at ${broker.address} does not answer`);
    } finally {
      broker.resume();
    }
    await eventually('the event is published', async () => (await service.count('outbox')) === 0, 60);
    await eventually('all is well', async () => (await outbox()).ok, 60);
  });

  it('keeps events while Kafka is unavailable, reports it, and publishes them in order afterwards', async () => {
    const service = await start();
    await eventually('the relay has reached Kafka', async () => (await service.health()).started);
    await broker.kill();
    const key = `away-${driver}`;
    const texts = Array.from({ length: 300 }, (_, n) => String(n));
    for (const text of texts) await service.note(key, text);
    await eventually('it reports what it waits for', async () => (await service.health()).degraded);
    const check = (await service.health()).checks.find(({ name }) => name === 'outbox');
    expect(check).toMatchObject({
      ok: false,
      waitingFor: 'kafka',
      reason: expect.stringContaining(broker.address),
    });
    expect(await service.count('outbox')).toBe(300);
    await broker.start();
    await eventually('all is well again', async () => !(await service.health()).degraded);
    await eventually('the outbox is empty', async () => (await service.count('outbox')) === 0);
    const follower = await follow();
    await eventually('all arrive', () => new Set(textsOf(follower, key)).size === 300);
    expect([...new Set(textsOf(follower, key))]).toEqual(texts);
  });

  it('loses nothing and keeps the order when its process is killed repeatedly', async () => {
    const printed: number[] = [];
    for (let life = 0; life < 4; life++) {
      const from = printed.length ? printed.at(-1)! + 1 : 0;
      const killable = new KillableService({
        role: 'publisher',
        url: testDatabase.url,
        broker: broker.address,
        from,
      });
      const more = await killable.killAfter(150 + 20 * life);
      printed.push(...more);
    }
    const service = await start();
    await eventually('the outbox is empty', async () => (await service.count('outbox')) === 0);
    const follower = await follow();
    const firsts = (key: string): number[] => [...new Set(textsOf(follower, key).map(Number))];
    const missing = (): number[] => printed.filter((n) => !firsts('abc'[n % 3]!).includes(n));
    await eventually('all arrive', () => missing().length === 0);
    for (const key of 'abc') expect(firsts(key)).toEqual([...firsts(key)].sort((x, y) => x - y));
  });

  it('publishes the remaining events when it stops', async () => {
    const service = await start();
    await eventually('the relay has reached Kafka', async () => (await service.health()).started);
    const key = `last-${driver}`;
    await Promise.all(Array.from({ length: 50 }, (_, n) => service.note(key, String(n))));
    await services.pop()!.stop();
    const follower = await follow();
    await eventually('all arrive', () => textsOf(follower, key).length === 50);
  });

  if (driver === 'postgres') {
    it('runs in one process at a time; another takes over when it stops', async () => {
      const [first, second] = [await start(), await start()];
      for (const service of [first, second]) {
        await eventually('the relay runs or stands by', async () => (await service.health()).started);
      }
      await first.note('two', 'by the first');
      await second.note('two', 'by the second');
      await eventually('the outbox is empty', async () => (await second.count('outbox')) === 0);
      services.shift();
      await first.stop();
      await second.note('two', 'after the first');
      await eventually('the outbox is empty', async () => (await second.count('outbox')) === 0);
      const follower = await follow();
      await eventually('all arrive', () => textsOf(follower, 'two').length >= 3);
      expect(textsOf(follower, 'two')).toEqual(['by the first', 'by the second', 'after the first']);
    });

    it('keeps the commit order of a key, whichever transaction began first', async () => {
      const service = await start();
      const outbox = service.outbox;
      let entered!: () => void;
      const inside = new Promise<void>((resolve) => (entered = resolve));
      let release!: () => void;
      const gate = new Promise<void>((resolve) => (release = resolve));
      const slow = service.database.transaction(async (tx) => {
        await outbox.add(tx, noted, { key: 'race', value: { text: 'first' } });
        entered();
        await gate;
      });
      await inside;
      const fast = service.note('race', 'second');
      release();
      await Promise.all([slow, fast]);
      const follower = await follow();
      await eventually('both arrive', () => textsOf(follower, 'race').length === 2);
      expect(textsOf(follower, 'race')).toEqual(['first', 'second']);
    });
  }
});
