import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import type { TestingModule } from '@nestjs/testing';
import { currentRequest, runInContext } from '../../requests/request-context.js';
import { continueTrace } from '../../requests/trace-context.js';
import { RuntimeModule } from '../../service/runtime.module.js';
import { ServiceContext } from '../../context/service-context.js';
import { eventually, TestBroker } from '../kafka/broker.fixture.js';
import { EventFeed } from './event-feed.js';
import { echoed, noted } from '../events.fixture.js';
import type { Note } from '../events.fixture.js';
import { FeedModule } from './feed.module.js';

describe('EventFeed', () => {
  let broker: TestBroker;
  const replicas: TestingModule[] = [];

  beforeAll(async () => void (broker = await TestBroker.start()));
  afterEach(async () => {
    for (const app of replicas.splice(0)) await app.close();
  });
  afterAll(() => broker.remove());

  async function replica(): Promise<EventFeed> {
    const module = FeedModule.forRoot([noted, echoed]);
    const env = { KAFKA_BROKERS: broker.address, LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent' };
    const imports = [RuntimeModule.forTest({ name: 'listener', module, env })];
    const app = await Test.createTestingModule({ imports }).compile();
    await app.init();
    app.get(ServiceContext).health.serving();
    replicas.push(app);
    return app.get(EventFeed);
  }
  const health = () => replicas.at(-1)!.get(ServiceContext).health.report();
  const listen = async (feed: EventFeed, type = noted) => {
    const received: string[] = [];
    const stop = await feed.listen<Note>(type, ({ value }) => received.push(value.text));
    return { received, stop };
  };
  const publish = (text: string, topic = 'note.noted') =>
    broker.publish(topic, [{ key: text, value: JSON.stringify({ text }) }]);
  const groups = async () => {
    const admin = broker.client().admin();
    await admin.connect();
    const { groups: listed } = await admin.listGroups();
    await admin.disconnect();
    return listed.map(({ groupId }) => groupId).filter((id) => id.startsWith('listener.'));
  };

  it('receives events in every process from the moment it listens, and none from before', async () => {
    const first = await replica();
    await publish('before');
    const [one, two] = await Promise.all([listen(first), listen(await replica())]);
    await publish('after');
    await eventually('both have received', () => one.received.length > 0 && two.received.length > 0);
    expect([one.received, two.received]).toEqual([['after'], ['after']]);
  });

  it('passes each listener the events of its type, until it stops listening', async () => {
    const feed = await replica();
    const [notes, more, echoes] = [await listen(feed), await listen(feed), await listen(feed, echoed)];
    await publish('one');
    await publish('echo', 'note.echoed');
    await eventually('all have received', () =>
      [notes, more, echoes].every(({ received }) => received.length === 1),
    );
    more.stop();
    await publish('two');
    await eventually('the other has received', () => notes.received.length === 2);
    expect([notes.received, more.received, echoes.received]).toEqual([['one', 'two'], ['one'], ['echo']]);
  });

  it('skips messages that cannot be parsed', async () => {
    const { received } = await listen(await replica());
    await broker.publish('note.noted', [{ value: 'no JSON' }, { value: '{"text":"unreadable"}' }]);
    await publish('readable');
    await eventually('the readable one is received', () => received.length > 0);
    expect(received).toEqual(['readable']);
  });

  it('skips replays, which are for a group that failed to handle the event', async () => {
    const { received } = await listen(await replica());
    const headers = { 'replay-group': 'notes' };
    await broker.publish('note.noted', [{ key: 'a', value: '{"text":"replayed"}', headers }]);
    await broker.publish('note.noted', [{ key: 'a', value: '{"text":"new"}' }]);
    await eventually('the new one is received', () => received.length > 0);
    expect(received).toEqual(['new']);
  });

  it('receives events outside any request context', async () => {
    const feed = await replica();
    const contexts: unknown[] = [];
    const context = { requestId: 'first', trace: continueTrace(undefined) };
    await runInContext(context, () => feed.listen(noted, () => contexts.push(currentRequest())));
    await publish('x');
    await eventually('it is received', () => contexts.length > 0);
    expect(contexts).toEqual([undefined]);
  });

  it('does not contact Kafka until there is a listener, and leaves no group behind', async () => {
    const feed = await replica();
    expect(await health()).toMatchObject({ started: true, degraded: false });
    expect(await groups()).toEqual([]);
    const { received } = await listen(feed);
    await publish('x');
    await eventually('it is received', () => received.length === 1);
    expect(await groups()).toHaveLength(1);
    await replicas.pop()!.close();
    expect(await groups()).toEqual([]);
  });

  it('reports within seconds that Kafka is paused, and receives what was published afterwards', async () => {
    const feed = await replica();
    const { received } = await listen(feed);
    broker.pause();
    const paused = Date.now();
    try {
      await eventually('it is degraded', async () => (await health()).degraded);
      expect(Date.now() - paused).toBeLessThan(12_000);
    } finally {
      broker.resume();
    }
    await publish('afterwards');
    await eventually('it is received', () => received.length === 1, 40);
    await eventually('it is well again', async () => !(await health()).degraded, 40);
  }, 120_000);

  it('misses nothing while Kafka restarts, and refuses new listeners until it is back', async () => {
    const feed = await replica();
    const { received } = await listen(feed);
    await publish('before');
    await eventually('it is received', () => received.length === 1);
    await broker.kill();
    await eventually('it is degraded', async () => (await health()).degraded, 40);
    await expect(listen(feed)).rejects.toMatchObject({ reason: 'EVENTS_UNAVAILABLE', kind: 'unavailable' });
    await broker.start();
    await publish('meanwhile');
    await eventually('the rest is received', () => received.length === 2, 40);
    expect(received).toEqual(['before', 'meanwhile']);
    await eventually('it is well again', async () => !(await health()).degraded);
    await expect(listen(feed)).resolves.toBeDefined();
  }, 120_000);

  it('refuses to listen while Kafka is unavailable, and listens once it is available', async () => {
    await broker.kill();
    const feed = await replica();
    await expect(listen(feed)).rejects.toMatchObject({ reason: 'EVENTS_UNAVAILABLE' });
    expect(await health()).toMatchObject({ started: true, degraded: true });
    await broker.start();
    await eventually('it is well again', async () => !(await health()).degraded);
    const { received } = await listen(feed);
    await publish('at last');
    await eventually('it is received', () => received.length === 1);
  }, 60_000);
});
