import { afterEach, beforeEach } from '@jest/globals';
import { createTestDatabase } from '../../database/databases.fixture.js';
import type { TestDatabase } from '../../database/databases.fixture.js';
import { EventService } from '../events.fixture.js';
import { eventually, TestBroker } from '../kafka/broker.fixture.js';
import type { Follower } from '../kafka/broker.fixture.js';

/** The dead-letter topic of the service `notes`. */
export const DLQ = 'note.noted.notes.dlq';

interface LetterService {
  broker: TestBroker;
  service: EventService;
  /** Of the dead letters. */
  follower: Follower;
}

/** A service with one consumer of `note.noted`, and a follower of its dead letters; another one for each test. */
export const letterService = (
  driver: Parameters<typeof createTestDatabase>[0],
  handler: new () => object,
): LetterService => {
  const running = {} as LetterService & { database: TestDatabase };
  beforeEach(async () => {
    running.broker = await TestBroker.start();
    running.database = await createTestDatabase(driver);
    const { broker, database } = running;
    running.service = await EventService.start({
      ...{ url: database.url, broker: broker.address, handlers: [handler] },
    });
    await eventually('the service has started', async () => (await running.service.health()).started);
    running.follower = await broker.follow([DLQ]);
  });
  afterEach(async () => {
    await running.service.stop();
    await running.follower.stop();
    await running.database.remove();
    await running.broker.remove();
  });
  return running;
};
