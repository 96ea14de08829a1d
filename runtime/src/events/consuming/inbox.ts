import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Database } from '../../database/database.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Copies may come later than Kafka keeps messages: from an outbox that waited for it, or a dead letter that is sent again. */
const MIN_RETENTION_MS = 14 * DAY_MS;

/** More than the clocks of two machines differ, and than the time between two checks of what Kafka may delete. */
const MARGIN_MS = DAY_MS;

/**
 * How long entries are kept, given how long messages can stay in the topics: a copy that Kafka still has is always recognized. If
 * a topic keeps its messages for good, so does the inbox.
 */
export const inboxRetention = (longestStayMs: number): number =>
  Math.max(MIN_RETENTION_MS, longestStayMs + MARGIN_MS);

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

  /** Deletes the rows that are older than `retentionMs`. */
  async prune(retentionMs: number, now = Date.now()): Promise<void> {
    if (retentionMs === Infinity) return;
    await this.database.transaction(
      (tx) => tx.sql`DELETE FROM inbox WHERE handled_at < ${now - retentionMs}`,
    );
  }
}
