import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Database } from '../../database/database.js';

/** Longer than brokers keep messages by default (7 days), so nothing older can be redelivered. */
const RETENTION_MS = 14 * 24 * 60 * 60 * 1000;

/** What is done once: an event, by a handler. */
export interface InboxEntry {
  /** The handler's name. */
  readonly name: string;
  /** The event's id. */
  readonly id: string;
}

/** Any id as a text that the column can hold: other producers choose their ids as they like. */
function keyOf(id: string): string {
  return id.length <= 255 && !id.includes('\0') ? id : createHash('sha256').update(id).digest('hex');
}

/** Records which events were handled, in the transaction that handles them. */
export class Inbox {
  constructor(private readonly database: Database) {}

  /** Does the work unless it was already done. Resolves to whether it was done now. */
  once({ name, id }: InboxEntry, work: (tx: EntityManager) => Promise<void>): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const inserted = (await tx.sql`INSERT INTO inbox (event_id, handler, handled_at)
        VALUES (${keyOf(id)}, ${name}, ${Date.now()}) ON CONFLICT DO NOTHING RETURNING event_id`) as unknown[];
      if (inserted.length === 0) return false;
      await work(tx);
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
