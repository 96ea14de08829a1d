import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { createTestDatabase, describeDatabases } from '../database/databases.fixture.js';
import type { TestDatabase } from '../database/databases.fixture.js';
import { DomainError } from '../errors/domain-error.js';
import { LetterRegister } from './consuming/letter-register.js';
import { OnEvent } from './consuming/on-event.js';
import { EventService, noted } from './events.fixture.js';
import type { Note } from './events.fixture.js';
import { eventually, TestBroker } from './kafka/broker.fixture.js';
import type { ReceivedEvent } from './messages/event-type.js';

const DLQ = 'note.noted.notes.dlq';

class Refusing {
  @OnEvent(noted)
  onNoted(_event: ReceivedEvent<Note>, _tx: EntityManager): Promise<void> {
    throw new DomainError('TOO_BAD', 'it cannot be', { kind: 'invalid' });
  }
}

describeDatabases('the open dead letters of a service', (driver) => {
  let broker: TestBroker;
  let testDatabase: TestDatabase;
  let service: EventService;

  const start = () =>
    EventService.start({ url: testDatabase.url, broker: broker.address, handlers: [Refusing] });
  beforeEach(async () => {
    broker = await TestBroker.start();
    testDatabase = await createTestDatabase(driver);
    service = await start();
    await eventually('the service has started', async () => (await service.health()).started);
  });
  afterEach(async () => {
    await service.stop();
    await testDatabase.remove();
    await broker.remove();
  });

  const notice = async () => (await service.health()).notices?.[0];
  const shows = (count: number) =>
    eventually(`${count} are shown`, async () =>
      count === 0
        ? (await notice()) === undefined
        : ((await notice())?.text.startsWith(`${DLQ}: ${count}, the oldest of 20`) ?? false),
    );
  const mark = (key: string) =>
    broker.publish(DLQ, [{ key, value: '{}', headers: { 'dead-letter-mark': 'dropped' } }]);

  it('are in its health, which stays good, and in its metrics, until they are marked', async () => {
    const note = (text: string) => ({ key: 'k', value: JSON.stringify({ text }) });
    await broker.publish('note.noted', [note('one'), note('two')]);
    await shows(2);
    expect(await service.health()).toMatchObject({ ready: true, degraded: false });
    expect(await service.metrics()).toMatch(
      /^dead_letters\{topic="note\.noted\.notes\.dlq",service="notes"\} 2$/m,
    );
    expect(await service.metrics()).toMatch(/^dead_letter_oldest_age_seconds\{[^}]+\} \d+\.\d+$/m);
    await mark('0:0');
    await mark('not a place');
    await shows(1);
    await service.stop();
    service = await start();
    await shows(1);
    await mark('0:1');
    await shows(0);
  });

  it('are forgotten when their topic no longer has them', async () => {
    const register = new LetterRegister(service.database);
    const letter = { topic: 'a.b.dlq', partition: 0, timestamp: 5, key: null, value: null, headers: [] };
    for (const offset of ['1', '5', '5', '9']) await register.note({ ...letter, offset });
    expect(await register.open()).toEqual([{ topic: 'a.b.dlq', count: 3, oldest: 5 }]);
    await register.prune(async () => {
      await register.note({ ...letter, offset: '10' });
      return [{ topic: 'a.b.dlq', partition: 0, low: '4', high: '9' }];
    });
    const places = await service.database.read.query(
      'SELECT letter_offset FROM dead_letters ORDER BY letter_offset',
    );
    expect((places as { letter_offset: unknown }[]).map((row) => Number(row.letter_offset))).toEqual([5, 10]);
  });
});
