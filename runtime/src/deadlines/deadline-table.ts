import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Database } from '../database/database.js';
import { CLOCK } from './database-clock.js';
import type { LookAgain } from './deadline-type.js';

export interface DeadlineKey {
  readonly kind: string;
  readonly key: string;
}

export interface DeadlineRow extends DeadlineKey {
  readonly value: unknown;
  /** Changes whenever the deadline is set: only the deadline that was read may be finished. */
  readonly version: string;
  /** How often in a row looking at it failed. */
  readonly failures: number;
  /** When it was due first. */
  readonly dueAt: number;
}

interface RawRow {
  readonly kind: string;
  readonly subject: string;
  readonly value: string;
  readonly version: string;
  readonly failures: number;
  readonly due_at: number | string;
}

/** The overdue deadlines of one kind. */
export interface Overdue {
  readonly kind: string;
  readonly count: number;
  /** When the oldest was due, by the clock of the database. */
  readonly since: number;
  /** How long ago that was, in milliseconds. */
  readonly age: number;
}

/** The table of unfinished deadlines. */
export class DeadlineTable {
  private readonly now: () => string;

  constructor(private readonly database: Database) {
    this.now = () => CLOCK[database.driver];
  }

  /** Adds a deadline, or sets it again if there is one with this key. */
  async set(tx: EntityManager, { kind, key }: DeadlineKey, { after, value }: LookAgain): Promise<void> {
    const due = this.in(after);
    await tx.sql`INSERT INTO deadlines (kind, subject, value, version, failures, due_at, next_at)
      VALUES (${kind}, ${key}, ${JSON.stringify(value)}, ${randomUUID()}, 0, ${due}, ${due})
      ON CONFLICT (kind, subject) DO UPDATE SET value = excluded.value, version = excluded.version, failures = 0,
        due_at = excluded.due_at, next_at = excluded.next_at`;
  }

  async clear(tx: EntityManager, { kind, key }: DeadlineKey): Promise<void> {
    await tx.sql`DELETE FROM deadlines WHERE kind = ${kind} AND subject = ${key}`;
  }

  /** Removes a deadline that was read; false if it was set, cleared or finished since. */
  async finish(tx: EntityManager, { kind, key, version }: DeadlineRow): Promise<boolean> {
    const removed = (await tx.sql`DELETE FROM deadlines
      WHERE kind = ${kind} AND subject = ${key} AND version = ${version} RETURNING kind`) as unknown;
    return rowsOf(removed).length > 0;
  }

  /** Puts a finished deadline back, unless it was set meanwhile: it has been due since its first time. */
  async postpone(tx: EntityManager, row: DeadlineRow, { after, value }: LookAgain): Promise<void> {
    const { kind, key, dueAt } = row;
    await tx.sql`INSERT INTO deadlines (kind, subject, value, version, failures, due_at, next_at)
      VALUES (${kind}, ${key}, ${JSON.stringify(value)}, ${randomUUID()}, 0, ${dueAt}, ${this.in(after)})
      ON CONFLICT (kind, subject) DO NOTHING`;
  }

  /** Notes that looking at it failed, and when to try again. */
  async failed({ kind, key, version, failures }: DeadlineRow, retryIn: number): Promise<void> {
    await this.database.transaction(
      (tx) => tx.sql`UPDATE deadlines SET failures = ${failures + 1}, next_at = ${this.in(retryIn)}
        WHERE kind = ${kind} AND subject = ${key} AND version = ${version}`,
    );
  }

  /** The milliseconds until the next deadline of a kind is to be looked at, at most 0 if it is time; Infinity without any. */
  async untilNext(kind: string): Promise<number> {
    const [row] = (await this.database.read.sql`SELECT MIN(next_at) - ${this.now} AS wait
      FROM deadlines WHERE kind = ${kind}`) as { wait: number | string | null }[];
    return row!.wait === null ? Infinity : Number(row!.wait);
  }

  /** The deadlines of a kind that it is time to look at, the longest due first. */
  async due(kind: string, limit: number): Promise<DeadlineRow[]> {
    const rows = (await this.database.read.sql`SELECT kind, subject, value, version, failures, due_at
      FROM deadlines WHERE kind = ${kind} AND next_at <= ${this.now} ORDER BY next_at LIMIT ${limit}`) as RawRow[];
    return rows.map(({ subject, due_at, value, ...row }) => ({
      ...row,
      key: subject,
      value: JSON.parse(value) as unknown,
      dueAt: Number(due_at),
    }));
  }

  /** What has been overdue for longer than `grace` milliseconds. */
  async overdue(grace = 0): Promise<Overdue[]> {
    const rows = (await this.database.read.sql`SELECT kind, COUNT(*) AS count, MIN(due_at) AS since,
        ${this.now} - MIN(due_at) AS age
      FROM deadlines WHERE due_at <= ${this.now} - ${() => String(grace)} GROUP BY kind ORDER BY kind`) as Record<
      keyof Overdue,
      string | number
    >[];
    return rows.map(({ kind, count, since, age }) => ({
      kind: String(kind),
      count: Number(count),
      since: Number(since),
      age: Number(age),
    }));
  }

  async counts(): Promise<{ readonly kind: string; readonly count: number }[]> {
    const rows = (await this.database.read
      .sql`SELECT kind, COUNT(*) AS count FROM deadlines GROUP BY kind ORDER BY kind`) as {
      kind: string;
      count: string | number;
    }[];
    return rows.map(({ kind, count }) => ({ kind, count: Number(count) }));
  }

  /** The time after this many milliseconds, as an expression in SQL. */
  private in(milliseconds: number): () => string {
    return () => `${CLOCK[this.database.driver]} + ${Math.round(milliseconds)}`;
  }
}

/** The rows of RETURNING: PostgreSQL's driver adds their number to those of DELETE. */
function rowsOf(result: unknown): unknown[] {
  const [first] = result as unknown[];
  return Array.isArray(first) ? first : (result as unknown[]);
}
