import type { Database } from '../../database/database.js';
import type { ReceivedEvent } from '../messages/event-type.js';
import type { BoundHandler } from './on-event.js';

/** Longer than brokers keep messages by default (7 days), so nothing older can be redelivered. */
const RETENTION_MS = 14 * 24 * 60 * 60 * 1000;

/** Records which events were handled, in the transaction that handles them. */
export class Inbox {
  constructor(private readonly database: Database) {}

  /** Handles an event unless it was already handled. Resolves to whether it was handled now. */
  once<T>({ name, handle }: BoundHandler, event: ReceivedEvent<T>): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const inserted = (await tx.sql`INSERT INTO inbox (event_id, handler, handled_at)
        VALUES (${event.id}, ${name}, ${Date.now()}) ON CONFLICT DO NOTHING RETURNING event_id`) as unknown[];
      if (inserted.length === 0) return false;
      await handle(event, tx);
      return true;
    });
  }

  /** Deletes the rows of events that can no longer be redelivered. */
  async prune(now = Date.now()): Promise<void> {
    await this.database.transaction(
      (tx) => tx.sql`DELETE FROM inbox WHERE handled_at < ${now - RETENTION_MS}`,
    );
  }
}
