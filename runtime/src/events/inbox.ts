import type { Database } from '../database/database.js';
import type { ReceivedEvent } from './event-type.js';
import type { BoundHandler } from './on-event.js';

/** Longer than any broker keeps messages by default (7 days), and so than anything can be delivered again. */
const RETENTION = 14 * 24 * 60 * 60 * 1000;

/** Remembers which events were handled, in the transaction that handles them. */
export class Inbox {
  constructor(private readonly database: Database) {}

  /** Handles an event unless it was handled before. Resolves to whether it was handled now. */
  once<T>({ name, handle }: BoundHandler, event: ReceivedEvent<T>): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const inserted = (await tx.sql`INSERT INTO inbox (event_id, handler, handled_at)
        VALUES (${event.id}, ${name}, ${Date.now()}) ON CONFLICT DO NOTHING RETURNING event_id`) as unknown[];
      if (inserted.length === 0) return false;
      await handle(event, tx);
      return true;
    });
  }

  /** Forgets events that cannot come again. */
  async prune(now = Date.now()): Promise<void> {
    await this.database.transaction((tx) => tx.sql`DELETE FROM inbox WHERE handled_at < ${now - RETENTION}`);
  }
}
