import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { createTestDatabase, describeDatabases } from '../../database/databases.fixture.js';
import type { TestDatabase } from '../../database/databases.fixture.js';
import { DomainError } from '../../errors/domain-error.js';
import { currentRequest } from '../../requests/request-context.js';
import { eventually, TestBroker } from '../kafka/broker.fixture.js';
import type { FollowedMessage, Follower } from '../kafka/broker.fixture.js';
import { echoed, EventService, noted } from '../events.fixture.js';
import type { Note } from '../events.fixture.js';
import type { ReceivedEvent } from '../messages/event-type.js';
import { OnEvent } from './on-event.js';
import { Outbox } from '../outbox/outbox.js';
import { KillableService } from '../killable-service.fixture.js';

/** The events that the handlers below received, and their behaviour in the current test. */
const seen: { event: ReceivedEvent<Note>; requestId?: string; traceId?: string }[] = [];
let behave: (text: string) => Promise<void> | void = () => undefined;

function matters({ text }: Note): boolean {
  if (text === 'undecidable') throw new Error('cannot decide');
  return text !== 'ignored';
}

class Listener {
  constructor(private readonly outbox: Outbox) {}

  @OnEvent(noted, { when: matters })
  async onNoted(event: ReceivedEvent<Note>, tx: EntityManager): Promise<void> {
    const request = currentRequest();
    seen.push({ event, requestId: request?.requestId, traceId: request?.trace.traceId });
    await this.outbox.add(tx, echoed, { key: event.key, value: event.value });
    await behave(event.value.text);
  }
}

const handlers = [
  { provide: Listener, useFactory: (outbox: Outbox) => new Listener(outbox), inject: [Outbox] },
];

describeDatabases('EventConsumer', (driver) => {
  let broker: TestBroker;
  let testDatabase: TestDatabase;
  let service: EventService | undefined;
  let follower: Follower | undefined;

  beforeEach(async () => {
    broker = await TestBroker.start();
    testDatabase = await createTestDatabase(driver);
    seen.length = 0;
    behave = () => undefined;
  });

  afterEach(async () => {
    await service?.stop();
    await follower?.stop();
    service = follower = undefined;
    await testDatabase.remove();
    await broker.remove();
  });

  async function start(): Promise<EventService> {
    service = await EventService.start({ url: testDatabase.url, broker: broker.address, handlers });
    await eventually('the service has started', async () => (await service!.health()).started);
    return service;
  }

  const texts = (): string[] => seen.map(({ event }) => event.value.text);
  const message = (text: string, id: string) => ({
    key: 'k',
    value: JSON.stringify({ text }),
    headers: {
      ce_id: id,
      ce_source: 'elsewhere',
      ce_time: '2026-01-02T03:04:05.000Z',
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    },
  });
  const DLQ = 'note.noted.notes.dlq';
  const dead = (): readonly FollowedMessage[] => follower!.messages.filter(({ topic }) => topic === DLQ);
  const echoes = (): string[] =>
    follower!.messages.filter(({ topic }) => topic === 'note.echoed').map(({ value }) => value);

  it('passes an event to its handler, in the context of the publisher', async () => {
    await start();
    await broker.publish('note.noted', [message('hello', 'id-1')]);
    await eventually('it is handled', () => seen.length === 1);
    expect(seen[0]).toEqual({
      event: {
        id: 'id-1',
        topic: 'note.noted',
        key: 'k',
        time: new Date('2026-01-02T03:04:05.000Z'),
        source: 'elsewhere',
        value: { text: 'hello' },
        traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      },
      requestId: 'id-1',
      traceId: 'a'.repeat(32),
    });
  });

  async function committed(): Promise<number> {
    const admin = broker.client().admin();
    await admin.connect();
    const [topic] = await admin.fetchOffsets({ groupId: 'notes', topics: ['note.noted'] });
    await admin.disconnect();
    return topic!.partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
  }

  it('commits the offsets of what it has handled, soon and when it stops', async () => {
    const running = await start();
    await broker.publish('note.noted', [message('one', 'id-1'), message('two', 'id-2')]);
    await eventually(
      'the offsets are committed while nothing else happens',
      async () => (await committed()) === 2,
    );
    await broker.publish('note.noted', [message('three', 'id-3')]);
    await eventually('it is handled', async () => (await running.count('inbox')) === 3);
    await running.stop();
    service = undefined;
    expect(await committed()).toBe(3);
  });

  it('spends nothing on an event that does not matter, and dead-letters one for which that cannot be decided', async () => {
    const running = await start();
    follower = await broker.follow([DLQ]);
    await broker.publish('note.noted', [
      message('ignored', 'id-1'),
      message('undecidable', 'id-2'),
      message('last', 'id-3'),
    ]);
    await eventually('all are through', async () => (await running.count('inbox')) === 2);
    expect(texts()).toEqual(['last']);
    await eventually('the other is dead-lettered', () => dead().length === 1);
    expect(dead()[0]!.headers.ce_id).toBe('id-2');
  });

  it('applies an event once, however often it is delivered', async () => {
    const running = await start();
    await broker.publish('note.noted', [
      message('one', 'id-1'),
      message('one', 'id-1'),
      message('two', 'id-2'),
      message('one', 'id-1'),
    ]);
    await broker.publish('note.noted', [message('last', 'id-3')]);
    await eventually('the last is committed', async () => (await running.count('inbox')) === 3);
    expect(texts()).toEqual(['one', 'two', 'last']);
  });

  it('retries after a failure, with failed attempts rolled back', async () => {
    await start();
    let failures = 2;
    behave = () => {
      if (failures-- > 0) throw new Error('not yet');
    };
    follower = await broker.follow(['note.echoed', DLQ]);
    await broker.publish('note.noted', [message('stubborn', 'id-1')]);
    await eventually('its effect is published', () => echoes().length === 1);
    expect(texts()).toEqual(['stubborn', 'stubborn', 'stubborn']);
    expect(dead()).toEqual([]);
  });

  it('dead-letters a message that keeps failing, with the reason, and moves on', async () => {
    const running = await start();
    behave = (text) => {
      if (text === 'bad') throw new DomainError('TOO_BAD', 'it cannot be', { kind: 'conflict' });
    };
    follower = await broker.follow(['note.echoed', DLQ]);
    await broker.publish('note.noted', [message('bad', 'id-1'), message('good', 'id-2')]);
    await eventually('both are through', () => dead().length === 1 && echoes().length === 1);
    expect(texts()).toEqual(['bad', 'bad', 'bad', 'good']);
    expect(dead()[0]).toEqual({
      topic: DLQ,
      key: 'k',
      value: '{"text":"bad"}',
      headers: {
        ...message('bad', 'id-1').headers,
        ...{ 'error-code': 'TOO_BAD', 'error-message': 'it cannot be', 'error-attempts': '3' },
        ...{ 'error-handler': 'Listener.onNoted', 'error-service': 'notes', 'error-deaths': '1' },
        'error-stack': expect.stringMatching(/^DomainError: it cannot be\n +at /),
        'error-time': expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        'error-trace': 'a'.repeat(32),
        'original-topic': 'note.noted',
        'original-partition': expect.stringMatching(/^\d$/),
        'original-offset': expect.stringMatching(/^\d+$/),
      },
    });
    expect(await running.count('inbox')).toBe(2);
  });

  it('dead-letters messages that cannot be parsed', async () => {
    await start();
    follower = await broker.follow([DLQ]);
    const unreadable = ['not json', '[]', '{"text":"unreadable"}'];
    await broker.publish('note.noted', [
      ...unreadable.map((value) => ({ key: 'k', value })),
      message('fine', 'id-9'),
    ]);
    await eventually('all are through', () => dead().length === 3 && seen.length === 1);
    expect(dead().map(({ value }) => value)).toEqual(unreadable);
    expect(dead()[0]!.headers).toMatchObject({ 'error-code': 'PoisonMessageError', 'error-attempts': '1' });
    expect(texts()).toEqual(['fine']);
  });

  it('retries without limit while a dependency is unavailable', async () => {
    const running = await start();
    follower = await broker.follow([DLQ]);
    let failures = 8;
    behave = () => {
      if (failures-- > 0) throw new DomainError('UNAVAILABLE', 'stock is away', { kind: 'unavailable' });
    };
    await broker.publish('note.noted', [message('patient', 'id-1')]);
    await eventually('it reports why it waits', async () => {
      const check = (await running.health()).checks.find(({ name }) => name === 'handlers');
      return check?.reason === 'stock is away';
    });
    await eventually('it is handled', async () => (await running.count('inbox')) === 1);
    expect(seen).toHaveLength(9);
    expect((await running.health()).degraded).toBe(false);
    expect(dead()).toEqual([]);
  });

  it('starts without Kafka, reports what it waits for, and recovers by itself', async () => {
    await broker.kill();
    service = await EventService.start({ url: testDatabase.url, broker: broker.address, handlers });
    const consumer = async () => (await service!.health()).checks.find(({ name }) => name === 'consumer');
    await eventually(
      'it reports what it waits for',
      async () => (await consumer())?.reason?.includes('ECONNREFUSED') ?? false,
    );
    expect(await consumer()).toEqual({
      name: 'consumer',
      ok: false,
      reason: `no connection to Kafka at ${broker.address} (ECONNREFUSED)`,
      waitingFor: 'kafka',
    });
    expect(await service.health()).toMatchObject({ started: false, ready: true, degraded: false });
    await broker.start();
    await eventually('it has started', async () => (await service!.health()).started);
    await broker.kill();
    await eventually('it is degraded', async () => (await service!.health()).degraded);
    expect(await service.health()).toMatchObject({ started: true, ready: true });
    await broker.start();
    await eventually('it has healed', async () => !(await service!.health()).degraded);
    await broker.publish('note.noted', [message('after all', 'id-1')]);
    await eventually('it is handled', () => texts().includes('after all'));
  });

  it('applies each event exactly once when its process is killed repeatedly', async () => {
    const total = 600;
    await broker.publish(
      'note.noted',
      Array.from({ length: total }, (_, n) => message(String(n), `id-${n}`)),
    );
    const killable = (): KillableService =>
      new KillableService({ role: 'consumer', url: testDatabase.url, broker: broker.address });
    for (const lines of [40, 120]) await killable().killAfter(lines);
    const last = killable();
    const database = await testDatabase.open();
    const count = async (what: string): Promise<number> => {
      const [row] = (await database.read.query(`SELECT count(${what}) AS n FROM effects`)) as {
        n: number | string;
      }[];
      return Number(row!.n);
    };
    await eventually('all are handled', async () => (await count('DISTINCT event')) === total, 40);
    expect(await count('*')).toBe(total);
    await last.kill();
  });

  if (driver === 'postgres') {
    it('survives broken database connections without losing or repeating an event', async () => {
      const running = await start();
      const other = await testDatabase.open();
      follower = await broker.follow(['note.echoed', DLQ]);
      const total = 200;
      const sent = Array.from({ length: total }, (_, n) => message(String(n), `id-${n}`));
      behave = async (text) => {
        if (Number(text) % 50 === 0 && texts().filter((one) => one === text).length === 1) {
          await other.read.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'notes'`,
          );
        }
      };
      await broker.publish('note.noted', sent);
      await eventually(
        'all are handled',
        async () => (await running.count('inbox').catch(() => 0)) === total,
      );
      await eventually('all effects are published', () => new Set(echoes()).size === total);
      expect(dead()).toEqual([]);
      await eventually('all is well', async () => {
        const { ready, degraded } = await running.health();
        return ready && !degraded;
      });
    });
  }
});
