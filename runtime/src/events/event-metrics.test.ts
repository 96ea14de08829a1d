import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { createTestDatabase, describeDatabases } from '../database/databases.fixture.js';
import type { TestDatabase } from '../database/databases.fixture.js';
import { Inbox, inboxRetention } from './consuming/inbox.js';
import { OnEvent } from './consuming/on-event.js';
import { EventService, noted } from './events.fixture.js';
import type { Note } from './events.fixture.js';
import { eventually, TestBroker } from './kafka/broker.fixture.js';
import type { ReceivedEvent } from './messages/event-type.js';

const DAY_MS = 24 * 60 * 60 * 1000;

let handled = 0;
let gate: Promise<void> = Promise.resolve();

class Listener {
  @OnEvent(noted)
  async onNoted(_event: ReceivedEvent<Note>, _tx: EntityManager): Promise<void> {
    await gate;
    handled++;
  }
}

const handlers = [{ provide: Listener, useFactory: () => new Listener() }];

describeDatabases('the outbox and the inbox in numbers', (driver) => {
  let broker: TestBroker;
  let testDatabase: TestDatabase;
  const services: EventService[] = [];

  beforeEach(async () => {
    handled = 0;
    gate = Promise.resolve();
    broker = await TestBroker.start();
    testDatabase = await createTestDatabase(driver);
  });

  afterEach(async () => {
    for (const service of services.splice(0)) await service.stop();
    await testDatabase.remove();
    await broker.remove();
  });

  async function start(parts: { name?: string } = {}): Promise<EventService> {
    const { url } = testDatabase;
    const service = await EventService.start({ url, broker: broker.address, handlers, ...parts });
    services.push(service);
    await eventually('it has started', async () => (await service.health()).started);
    return service;
  }

  const publish = (id: string) =>
    broker.publish('note.noted', [
      {
        value: '{"text":"a"}',
        headers: { ce_id: id, ce_source: 'test', ce_time: '2026-01-02T03:04:05.000Z' },
      },
    ]);
  const series = (name: string, labels = '') => `${name}{${labels && `${labels},`}service="notes"}`;

  it('tell what waits, for how long, and how long publishing took', async () => {
    const service = await start();
    await broker.kill();
    await service.note('k', 'waits');
    const backlog = () => service.metric(series('outbox_messages'));
    const age = () => service.metric(series('outbox_oldest_message_age_seconds'));
    await eventually('it waits', async () => (await backlog()) === 1 && (await age())! > 0.2);
    expect(await service.metric(series('outbox_refused_messages'))).toBe(0);
    await broker.start();
    await eventually('it is published', async () => (await backlog()) === 0);
    expect(await age()).toBe(0);
    expect(await service.metric(series('outbox_publish_seconds_count'))).toBe(1);
    expect(await service.metric(series('outbox_publish_seconds_sum'))).toBeGreaterThan(0.2);
  });

  it('tell duplicates, lag, and rebalances', async () => {
    const service = await start();
    const lag = () => service.metric(series('consumer_lag_messages', 'topic="note.noted"'));
    const outcome = (name: string) =>
      service.metric(series('events_consumed_total', `topic="note.noted",outcome="${name}"`));
    expect(await service.metric(series('consumer_rebalances_total'))).toBe(1);
    let open!: () => void;
    gate = new Promise((resolve) => (open = resolve));
    for (const id of ['1', '1', '2']) await publish(id);
    await eventually('three are behind', async () => (await lag()) === 3);
    open();
    await eventually('none is behind', async () => (await lag()) === 0);
    expect([await outcome('handled'), await outcome('duplicate'), handled]).toEqual([2, 1, 2]);
    await start();
    const rebalances = () => service.metric(series('consumer_rebalances_total'));
    await eventually('the other joined', async () => (await rebalances())! > 1);
  });

  it('leave the lag out while Kafka does not answer', async () => {
    const service = await start();
    await broker.kill();
    const noticed = async () =>
      (await service.health()).checks.some(({ name, ok }) => name === 'consumer' && !ok);
    await eventually('it noticed', noticed);
    expect(await service.metric(series('consumer_lag_messages', 'topic="note.noted"'))).toBeUndefined();
    expect(await service.metric(series('outbox_messages'))).toBe(0);
    await broker.start();
    await eventually('Kafka is back', async () => !(await service.health()).degraded);
  });

  it('an entry of the inbox outlives its message, and a copy within that time is dropped', async () => {
    let service = await start();
    const age = (days: number) =>
      service.database.transaction(
        (tx) => tx.sql`UPDATE inbox SET handled_at = ${Date.now() - days * DAY_MS}`,
      );
    const setRetention = async (value: number) => {
      const admin = broker.client().admin();
      await admin.connect();
      const configEntries = [{ name: 'retention.ms', value: String(value) }];
      const resources = [{ type: 2, name: 'note.noted', configEntries }];
      await admin.alterConfigs({ validateOnly: false, resources });
      await admin.disconnect();
    };
    await setRetention(30 * DAY_MS);
    await publish('kept');
    await eventually('it is handled', async () => (await service.count('inbox')) === 1);
    await age(30);
    await services.pop()!.stop();
    service = await start();
    await publish('kept');
    const duplicates = () =>
      service.metric(series('events_consumed_total', 'topic="note.noted",outcome="duplicate"'));
    await eventually('the copy arrived', async () => (await duplicates()) === 1);
    expect(handled).toBe(1);
    await age(60);
    await services.pop()!.stop();
    service = await start();
    await eventually('the entry is deleted', async () => (await service.count('inbox')) === 0);
  });

  it('no entry is deleted while a topic keeps its messages for good', async () => {
    const database = await testDatabase.open();
    const service = await start();
    const inbox = new Inbox(database);
    await inbox.once({ name: 'h', id: '1' }, () => Promise.resolve());
    const later = Date.now() + 15 * DAY_MS;
    await inbox.prune(inboxRetention(Infinity), later);
    expect(await service.count('inbox')).toBe(1);
    await inbox.prune(inboxRetention(14 * DAY_MS), later - 60_000);
    expect(await service.count('inbox')).toBe(1);
    await inbox.prune(inboxRetention(0), later);
    expect(await service.count('inbox')).toBe(0);
  });
});
