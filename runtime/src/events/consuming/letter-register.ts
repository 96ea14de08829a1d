import type { Database } from '../../database/database.js';
import { parseDateTime } from '../../validation/date-time.js';
import { headerOf } from '../messages/cloud-event.js';
import type { ReceivedMessage } from '../messages/wire-message.js';

/** The open dead letters of one topic. */
export interface OpenLetters {
  /** The dead-letter topic. */
  readonly topic: string;
  readonly count: number;
  /** When the oldest died, in milliseconds since 1970. */
  readonly oldest: number;
}

/** The offsets in one partition that its topic still has: from `low`, exclusive of `high`. */
export interface LetterRange {
  readonly topic: string;
  readonly partition: number;
  readonly low: string;
  readonly high: string;
}

/** A record after a letter, written by `msx topics dlq`, that says what became of it. Its key is `partition:offset`. */
const MARK_HEADER = 'dead-letter-mark';

/**
 * Knows the dead letters that nobody has replayed or dropped. It reads them from the dead-letter topics of the service, like any
 * consumer, so that it also learns of letters and marks from before, and from elsewhere.
 */
export class LetterRegister {
  constructor(private readonly database: Database) {}

  /** Takes a record of a dead-letter topic into account; a second time changes nothing. */
  async note(message: ReceivedMessage): Promise<void> {
    const { topic, partition, offset } = message;
    if (headerOf(message, MARK_HEADER) !== undefined) return this.close(message);
    const diedAt = parseDateTime(headerOf(message, 'error-time') ?? '')?.getTime() ?? message.timestamp;
    await this.database.transaction(
      (tx) => tx.sql`INSERT INTO dead_letters (topic, partition_id, letter_offset, died_at)
        VALUES (${topic}, ${partition}, ${offset}, ${diedAt}) ON CONFLICT DO NOTHING`,
    );
  }

  async open(): Promise<OpenLetters[]> {
    const rows = (await this.database.read
      .sql`SELECT topic, COUNT(*) AS count, MIN(died_at) AS oldest FROM dead_letters
        GROUP BY topic ORDER BY topic`) as Record<keyof OpenLetters, string | number>[];
    return rows.map(({ topic, count, oldest }) => ({
      topic: String(topic),
      count: Number(count),
      oldest: Number(oldest),
    }));
  }

  /** Forgets letters that their topics no longer have. One that is noted meanwhile stays. */
  async prune(ranges: () => Promise<readonly LetterRange[]>): Promise<void> {
    const known = (await this.database.read
      .sql`SELECT topic, partition_id, letter_offset FROM dead_letters`) as Record<string, string | number>[];
    if (known.length === 0) return;
    const existing = new Map((await ranges()).map((range) => [`${range.topic}/${range.partition}`, range]));
    const gone = known.filter((row) => {
      const range = existing.get(`${row.topic}/${row.partition_id}`);
      const offset = Number(row.letter_offset);
      return range && (offset < Number(range.low) || offset >= Number(range.high));
    });
    await this.database.transaction(async (tx) => {
      for (const { topic, partition_id: partition, letter_offset: offset } of gone)
        await tx.sql`DELETE FROM dead_letters
          WHERE topic = ${topic} AND partition_id = ${partition} AND letter_offset = ${offset}`;
    });
  }

  private async close({ topic, key }: ReceivedMessage): Promise<void> {
    const [, partition, offset] = /^(\d{1,9}):(\d{1,18})$/.exec(key?.toString('latin1') ?? '') ?? [];
    if (partition === undefined || offset === undefined) return;
    await this.database.transaction(
      (tx) => tx.sql`DELETE FROM dead_letters
        WHERE topic = ${topic} AND partition_id = ${Number(partition)} AND letter_offset = ${offset}`,
    );
  }
}
