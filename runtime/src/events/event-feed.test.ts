import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import type { TestingModule } from '@nestjs/testing';
import { currentRequest, runInContext } from '../logs/request-context.js';
import { continueTrace } from '../logs/trace-context.js';
import { RuntimeModule } from '../service/runtime.module.js';
import { ServiceContext } from '../service/service-context.js';
import { eventually, TestBroker } from './broker.fixture.js';
import { EventFeed } from './event-feed.js';
import { echoed, noted } from './events.fixture.js';
import type { Note } from './events.fixture.js';
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
    const heard: string[] = [];
    const stop = await feed.listen<Note>(type, ({ value }) => heard.push(value.text));
    return { heard, stop };
  };
  const say = (text: string, topic = 'note.noted') =>
    broker.publish(topic, [{ key: text, value: JSON.stringify({ text }) }]);
  const groups = async () => {
    const admin = broker.client().admin();
    await admin.connect();
    const { groups: listed } = await admin.listGroups();
    await admin.disconnect();
    return listed.map(({ groupId }) => groupId).filter((id) => id.startsWith('listener.'));
  };

  it('hears in every process what happens from the moment it listens, and nothing from before', async () => {
    const first = await replica();
    await say('before');
    const [one, two] = await Promise.all([listen(first), listen(await replica())]);
    await say('after');
    await eventually('both have heard', () => one.heard.length > 0 && two.heard.length > 0);
    expect([one.heard, two.heard]).toEqual([['after'], ['after']]);
  });

  it('tells each listener of its kind of event, until it stops listening', async () => {
    const feed = await replica();
    const [notes, more, echoes] = [await listen(feed), await listen(feed), await listen(feed, echoed)];
    await say('one');
    await say('echo', 'note.echoed');
    await eventually('all have heard', () => [notes, more, echoes].every(({ heard }) => heard.length === 1));
    more.stop();
    await say('two');
    await eventually('the other has heard', () => notes.heard.length === 2);
    expect([notes.heard, more.heard, echoes.heard]).toEqual([['one', 'two'], ['one'], ['echo']]);
  });

  it('passes over what cannot be read', async () => {
    const { heard } = await listen(await replica());
    await broker.publish('note.noted', [{ value: 'no JSON' }, { value: '{"text":"unreadable"}' }]);
    await say('readable');
    await eventually('the readable one is heard', () => heard.length > 0);
    expect(heard).toEqual(['readable']);
  });

  it('hears on behalf of nobody', async () => {
    const feed = await replica();
    const contexts: unknown[] = [];
    const context = { requestId: 'first', trace: continueTrace(undefined) };
    await runInContext(context, () => feed.listen(noted, () => contexts.push(currentRequest())));
    await say('x');
    await eventually('it is heard', () => contexts.length > 0);
    expect(contexts).toEqual([undefined]);
  });

  it('asks Kafka for nothing until somebody listens, and leaves no group behind', async () => {
    const feed = await replica();
    expect(await health()).toMatchObject({ started: true, degraded: false });
    expect(await groups()).toEqual([]);
    const { heard } = await listen(feed);
    await say('x');
    await eventually('it is heard', () => heard.length === 1);
    expect(await groups()).toHaveLength(1);
    await replicas.pop()!.close();
    expect(await groups()).toEqual([]);
  });

  it('misses nothing while Kafka restarts, and refuses new listeners until it is back', async () => {
    const feed = await replica();
    const { heard } = await listen(feed);
    await say('before');
    await eventually('it is heard', () => heard.length === 1);
    await broker.kill();
    await eventually('it is degraded', async () => (await health()).degraded, 40);
    await expect(listen(feed)).rejects.toMatchObject({ reason: 'EVENTS_UNAVAILABLE', kind: 'unavailable' });
    await broker.start();
    await say('meanwhile');
    await eventually('the rest is heard', () => heard.length === 2, 40);
    expect(heard).toEqual(['before', 'meanwhile']);
    await eventually('it is well again', async () => !(await health()).degraded);
    await expect(listen(feed)).resolves.toBeDefined();
  }, 120_000);

  it('refuses to listen while there is no Kafka, and listens when there is', async () => {
    await broker.kill();
    const feed = await replica();
    await expect(listen(feed)).rejects.toMatchObject({ reason: 'EVENTS_UNAVAILABLE' });
    expect(await health()).toMatchObject({ started: true, degraded: true });
    await broker.start();
    await eventually('it is well again', async () => !(await health()).degraded);
    const { heard } = await listen(feed);
    await say('at last');
    await eventually('it is heard', () => heard.length === 1);
  }, 60_000);
});
