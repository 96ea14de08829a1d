import { beforeEach, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { describeDatabases } from '../../database/databases.fixture.js';
import { DomainError } from '../../errors/domain-error.js';
import { noted } from '../events.fixture.js';
import type { Note } from '../events.fixture.js';
import { eventually } from '../kafka/broker.fixture.js';
import type { FollowedMessage } from '../kafka/broker.fixture.js';
import type { ReceivedEvent } from '../messages/event-type.js';
import { DLQ, letterService } from './letters.fixture.js';
import { OnEvent } from './on-event.js';

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
  const running = letterService(driver, Listener);
  beforeEach(() => {
    seen.length = 0;
    isBroken = true;
  });

  const dead = (): readonly FollowedMessage[] => running.follower.messages;

  it('is handled by the group it is for, once, and one that dies again counts its deaths', async () => {
    await running.broker.publish('note.noted', [message('bad', 'id-1')]);
    await eventually('it is dead', () => dead().length === 1);
    await running.broker.publish('note.noted', [replay('others', 1), replay('notes', 1)]);
    await eventually('it is dead again', () => dead().length === 2);
    expect(dead()[1]!.headers).toMatchObject({
      ...{ ce_id: 'id-1', 'error-deaths': '2', 'error-first-letter': `${DLQ}/0/0` },
    });
    expect(Object.keys(dead()[1]!.headers).filter((name) => name.startsWith('replay-'))).toEqual([]);
    isBroken = false;
    await running.broker.publish('note.noted', [
      replay('notes', 2),
      replay('notes', 2),
      message('last', 'id-2'),
    ]);
    await eventually('the last is through', () => seen.includes('last'));
    expect(seen).toEqual(['bad', 'bad', 'bad', 'last']);
  });
});
