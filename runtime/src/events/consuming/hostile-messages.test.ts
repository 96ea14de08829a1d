import { beforeEach, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { createTestDatabase, describeDatabases } from '../../database/databases.fixture.js';
import { DomainError } from '../../errors/domain-error.js';
import { eventually, TestBroker } from '../kafka/broker.fixture.js';
import type { FollowedMessage } from '../kafka/broker.fixture.js';
import { EventService, noted } from '../events.fixture.js';
import type { Note } from '../events.fixture.js';
import type { ReceivedEvent } from '../messages/event-type.js';
import { DLQ, letterService } from './letters.fixture.js';
import { OnEvent } from './on-event.js';

let seen = 0;

class Counter {
  @OnEvent(noted)
  onNoted({ value: { text } }: ReceivedEvent<Note>, _tx: EntityManager): Promise<void> {
    seen++;
    if (text === 'refused') throw new DomainError('TOO_BAD', 'it cannot be', { kind: 'invalid' });
    return Promise.resolve();
  }
}

const manyHeaders = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`h${n}`, 'x']));

const good = { key: 'k', value: '{"text":"good"}' };

/** What any client of Kafka can publish: none of it may stop a consumer or its outbox. */
describeDatabases('a hostile message', (driver) => {
  const running = letterService(driver, Counter);
  beforeEach(() => {
    seen = 0;
  });

  async function deadLetterOf(
    message: Parameters<TestBroker['publish']>[1][number],
  ): Promise<FollowedMessage> {
    await running.broker.publish('note.noted', [{ partition: 0, ...message }, good]);
    await eventually('both are through', () => running.follower.messages.length === 1 && seen === 1);
    await eventually('the outbox is empty', async () => (await running.service.count('outbox')) === 0);
    return running.follower.messages[0]!;
  }

  it.each([
    ['a key of a megabyte', { key: 'k'.repeat(1_048_000), value: 'bad' }, 'key'],
    ['a header of a megabyte', { value: 'bad', headers: { large: 'h'.repeat(1_048_000) } }, 'headers'],
    ['10,000 headers', { value: 'bad', headers: manyHeaders(10_000) }, 'headers'],
    ['a value of a megabyte', { value: 'v'.repeat(1_048_000) }, 'value'],
  ])('with %s is dead-lettered as far as it fits', async (_, message, cut) => {
    const { headers } = await deadLetterOf(message);
    expect(headers).toMatchObject({ 'error-code': 'PoisonMessageError', 'error-cut': cut });
    expect(headers['original-topic']).toBe('note.noted');
  });

  it('that a rule refuses is dead-lettered at once, without a second attempt', async () => {
    await running.broker.publish('note.noted', [{ key: 'k', value: '{"text":"refused"}' }, good]);
    await eventually('both are through', () => running.follower.messages.length === 1 && seen === 2);
    expect(running.follower.messages[0]!.headers).toMatchObject({
      'error-code': 'TOO_BAD',
      'error-attempts': '1',
    });
  });

  it('with as many headers as are allowed can be replayed', async () => {
    const replay = { 'replay-group': 'notes', 'replay-letter': `${DLQ}/0/0`, 'replay-deaths': '1' };
    await running.broker.publish('note.noted', [{ ...good, headers: { ...manyHeaders(64), ...replay } }]);
    await eventually('it is handled', () => seen === 1);
    expect(running.follower.messages).toEqual([]);
  });

  it('with an id that no column holds is handled once', async () => {
    const id = `\0${'i'.repeat(5000)}`;
    await running.broker.publish('note.noted', [
      { ...good, headers: { ce_id: id } },
      { ...good, headers: { ce_id: id } },
      good,
    ]);
    await eventually('all are through', () => seen === 2);
    expect(running.follower.messages).toEqual([]);
  });

  it('keeps its headers in the dead letter: repeated, and named like properties of objects', async () => {
    const headers = JSON.parse('{"__proto__":"a","constructor":["b","c"]}') as Record<
      string,
      string | string[]
    >;
    const letter = await deadLetterOf({ value: 'bad', headers });
    const kept = new Map(Object.entries(letter.headers));
    expect([kept.get('__proto__'), kept.get('constructor')]).toEqual(['a', 'b,c']);
  });
});

describeDatabases('a message that Kafka refuses', (driver) => {
  it('is set aside, and those beside it are published once', async () => {
    const broker = await TestBroker.start();
    const testDatabase = await createTestDatabase(driver);
    const service = await EventService.start({ url: testDatabase.url, broker: broker.address });
    const follower = await broker.follow(['note.noted']);
    try {
      await service.database.transaction(async (tx) => {
        await service.outbox.add(tx, noted, { key: 'k', value: { text: 'before' } });
        const refused = {
          topic: 'note.noted',
          key: Buffer.from('k'),
          value: Buffer.alloc(1_100_000),
          headers: [],
        };
        await service.outbox.addMessage(tx, refused);
        await service.outbox.add(tx, noted, { key: 'k', value: { text: 'after' } });
      });
      await eventually('the outbox is empty', async () => (await service.count('outbox')) === 0);
      await eventually('two have arrived', () => follower.messages.length === 2);
      expect(follower.messages.map(({ value }) => value)).toEqual(['{"text":"before"}', '{"text":"after"}']);
      const [row] = (await service.database.read.query('SELECT reason FROM outbox_refused')) as {
        reason: string;
      }[];
      expect(row!.reason).toMatch(/too large|larger/i);
    } finally {
      await service.stop();
      await follower.stop();
      await testDatabase.remove();
      await broker.remove();
    }
  });
});
