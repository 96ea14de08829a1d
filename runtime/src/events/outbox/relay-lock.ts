import type { QueryRunner } from 'typeorm';
import type { Database } from '../../database/database.js';

/** The advisory lock of relays (pg_advisory_lock): an arbitrary number, and the schema of the outbox. */
const LOCK = '7303, hashtext(current_schema())';

/**
 * The right to publish a database's outbox, held by one process at a time: on PostgreSQL an advisory lock that lasts as
 * long as its connection. A SQLite file belongs to one process.
 */
export class RelayLock {
  private holder: QueryRunner | undefined;

  constructor(private readonly database: Database) {}

  /** Whether this process holds the lock; tries to acquire it if not. */
  async held(): Promise<boolean> {
    if (this.database.driver === 'sqlite') return true;
    try {
      if (this.holder) return await this.stillHeld(this.holder);
      this.holder = this.database.store.writer.createQueryRunner();
      const [row] = (await this.holder.query(`SELECT pg_try_advisory_lock(${LOCK}) AS held`)) as {
        held: boolean;
      }[];
      if (!row!.held) await this.release();
      return row!.held;
    } catch (error) {
      await this.release();
      throw error;
    }
  }

  async release(): Promise<void> {
    const holder = this.holder;
    this.holder = undefined;
    if (!holder || holder.isReleased) return;
    await holder.query(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => undefined);
    await holder.release();
  }

  private async stillHeld(holder: QueryRunner): Promise<boolean> {
    await holder.query('SELECT 1');
    return true;
  }
}
