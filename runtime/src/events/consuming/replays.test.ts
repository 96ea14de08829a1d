import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { createTestDatabase, describeDatabases } from '../../database/databases.fixture.js';
import type { TestDatabase } from '../../database/databases.fixture.js';
import { DomainError } from '../../errors/domain-error.js';
import { EventService, noted } from '../events.fixture.js';
import type { Note } from '../events.fixture.js';
import { eventually, TestBroker } from '../kafka/broker.fixture.js';
import type { FollowedMessage, Follower } from '../kafka/broker.fixture.js';
import type { ReceivedEvent } from '../messages/event-type.js';
import { OnEvent } from './on-event.js';

const DLQ = 'note.noted.notes.dlq';
const seen: string[] = [];
let isBroken = true;

class Listener {
  @OnEvent(noted)
  onNoted({ value: { text } }: ReceivedEvent<Note>, _tx: EntityManager): Promise<void> {
    seen.push(text);
    if (isBroken && text === 'bad') throw new DomainError('TOO_BAD', 'it cannot be', { kind: 'invalid' });
    return Promise.resolve();
  }
}

const message = (text: string, id: string, headers = {}) => ({
  key: 'k',
  value: JSON.stringify({ text }),
  headers: { ce_id: id, ...headers },
});
const replay = (group: string, deaths: number) =>
  message('bad', 'id-1', {
    ...{ 'replay-group': group, 'replay-first-letter': `${DLQ}/0/0`, 'replay-deaths': `${deaths}` },
  });

describeDatabases('a replay', (driver) => {
  let broker: TestBroker;
  let testDatabase: TestDatabase;
  let service: EventService;
  let follower: Follower;

  beforeEach(async () => {
    broker = await TestBroker.start();
    testDatabase = await createTestDatabase(driver);
    seen.length = 0;
    isBroken = true;
    const handlers = [Listener];
    service = await EventService.start({ url: testDatabase.url, broker: broker.address, handlers });
    await eventually('the service has started', async () => (await service.health()).started);
    follower = await broker.follow([DLQ]);
  });

  afterEach(async () => {
    await service.stop();
    await follower.stop();
    await testDatabase.remove();
    await broker.remove();
  });

  const dead = (): readonly FollowedMessage[] => follower.messages;

  it('is handled by the group it is for, once, and one that dies again counts its deaths', async () => {
    await broker.publish('note.noted', [message('bad', 'id-1')]);
    await eventually('it is dead', () => dead().length === 1);
    await broker.publish('note.noted', [replay('others', 1), replay('notes', 1)]);
    await eventually('it is dead again', () => dead().length === 2);
    expect(dead()[1]!.headers).toMatchObject({
      ...{ ce_id: 'id-1', 'error-deaths': '2', 'error-first-letter': `${DLQ}/0/0` },
    });
    expect(Object.keys(dead()[1]!.headers).filter((name) => name.startsWith('replay-'))).toEqual([]);
    isBroken = false;
    await broker.publish('note.noted', [replay('notes', 2), replay('notes', 2), message('last', 'id-2')]);
    await eventually('the last is through', () => seen.includes('last'));
    expect(seen).toEqual(['bad', 'bad', 'bad', 'last']);
  });
});
