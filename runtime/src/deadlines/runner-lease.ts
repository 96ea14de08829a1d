import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.js';
import { CLOCK } from './database-clock.js';

/** Longer than a batch takes: a process that stops in the middle of one delays the others by at most this. */
const LEASE_MS = 15_000;

/**
 * The right to look at the deadlines of a database, which one process has at a time and only while something is due. It ends by
 * the clock of the database, so that a process that was killed or is suspended holds nobody up for longer than LEASE_MS.
 */
export class RunnerLease {
  private readonly holder = randomUUID();

  constructor(
    private readonly database: Database,
    private readonly lasts = LEASE_MS,
  ) {}

  /** Takes the lease or renews it. @returns 0, or for how many milliseconds another process still has it */
  async take(): Promise<number> {
    const now = (): string => CLOCK[this.database.driver];
    const until = (): string => `${now()} + ${this.lasts}`;
    return this.database.transaction(async (tx) => {
      await tx.sql`INSERT INTO deadline_lease (id, holder, ends_at) VALUES (1, ${this.holder}, ${until})
        ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, ends_at = excluded.ends_at
        WHERE deadline_lease.holder = ${this.holder} OR deadline_lease.ends_at <= ${now}`;
      const [row] = (await tx.sql`SELECT holder, ends_at - ${now} AS wait FROM deadline_lease`) as {
        holder: string;
        wait: number | string;
      }[]; // none if it was released just now
      return row?.holder === this.holder ? 0 : Math.max(1, Number(row?.wait ?? 0));
    });
  }

  async release(): Promise<void> {
    await this.database.transaction((tx) => tx.sql`DELETE FROM deadline_lease WHERE holder = ${this.holder}`);
  }
}
