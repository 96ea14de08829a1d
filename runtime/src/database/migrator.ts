import { setTimeout as delay } from 'node:timers/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { StartupError } from '../startup/startup-error.js';
import type { MigrationClass } from './data-source-parts.js';
import type { Database } from './database.js';
import { isLockTimeout, LOCK_WAIT, type LockWait, retriedAtLocks } from './lock-wait.js';

/** The table of applied migrations. */
const CREATE_MIGRATIONS_TABLE =
  'CREATE TABLE IF NOT EXISTS schema_migrations (name varchar(255) PRIMARY KEY, applied_at bigint NOT NULL)';

export interface MigrationStatus {
  readonly pending: readonly string[];
  readonly applied: readonly string[];
}

/** The advisory lock of migrations (pg_advisory_lock): an arbitrary number, and the schema. */
const LOCK = '7301, hashtext(current_schema())';

/** How often a process that waits for another one's migrations tries to take the lock. */
const TURN_INTERVAL_MS = 100;

/**
 * Applies all pending migrations, each in its own transaction together with its row in `schema_migrations`: a migration
 * that fails is rolled back, and the next run starts with it. When several processes migrate at once, only one does the
 * work.
 *
 * On PostgreSQL, a statement that waits for a lock makes all later queries of the table wait behind it. A migration therefore gives
 * up soon, lets them pass, and tries again.
 */
export class Migrator {
  private readonly migrations: readonly MigrationInterface[];

  constructor(
    private readonly database: Database,
    classes: readonly MigrationClass[],
    private readonly lockWait: LockWait = LOCK_WAIT,
  ) {
    const dated = classes
      .map((type) => new type())
      .map((migration) => ({ migration, at: timestampOf(migration) }));
    this.migrations = dated.sort((a, b) => a.at - b.at).map(({ migration }) => migration);
  }

  async status(): Promise<MigrationStatus> {
    const applied = await this.applied(this.database.store.writer.createQueryRunner(), { release: true });
    const pending = this.migrations.map(nameOf).filter((name) => !applied.includes(name));
    return { pending, applied };
  }

  /**
   * Applies the pending migrations in order and returns their names.
   * @throws StartupError MIGRATION_FAILED naming the migration
   */
  async migrate(): Promise<string[]> {
    if ((await this.status()).pending.length === 0) return [];
    return this.locked(async (runner) => {
      const done: string[] = [];
      for (const migration of this.migrations) {
        if (await this.apply(runner, migration)) done.push(nameOf(migration));
      }
      return done;
    });
  }

  /** Drops everything in the database, then migrates. */
  async reset(): Promise<string[]> {
    await this.locked((runner) => runner.clearDatabase());
    return this.migrate();
  }

  /** The applied ones among `own`, the newest first: the order in which they can be rolled back. */
  async revertible(own: readonly MigrationClass[]): Promise<string[]> {
    const names = new Set(own.map((type) => nameOf(new type())));
    const { applied } = await this.status();
    const known = this.migrations.map(nameOf).filter((name) => names.has(name));
    return known.filter((name) => applied.includes(name)).reverse();
  }

  /**
   * Rolls back the newest `steps` of the applied ones among `own`, and returns their names.
   * @throws StartupError MIGRATION_FAILED naming the migration; those before it stay rolled back
   */
  async rollback(steps: number, own: readonly MigrationClass[]): Promise<string[]> {
    const names = (await this.revertible(own)).slice(0, steps);
    return this.locked(async (runner) => {
      const done: string[] = [];
      for (const name of names) {
        const migration = this.migrations.find((one) => nameOf(one) === name)!;
        if (await this.revert(runner, migration)) done.push(name);
      }
      return done;
    });
  }

  private apply(runner: QueryRunner, migration: MigrationInterface): Promise<boolean> {
    const name = nameOf(migration);
    const failed = `Migration ${name} failed and was rolled back`;
    return this.changed(runner, migration, {
      failed,
      change: async () => {
        await runner.query(CREATE_MIGRATIONS_TABLE);
        const due = !(await this.applied(runner)).includes(name);
        if (due) await this.applyNow(runner, migration);
        return due;
      },
    });
  }

  private revert(runner: QueryRunner, migration: MigrationInterface): Promise<boolean> {
    const name = nameOf(migration);
    const failed = `Migration ${name} could not be rolled back, and is still applied`;
    return this.changed(runner, migration, {
      failed,
      change: async () => {
        const due = (await this.applied(runner)).includes(name);
        if (due) await migration.down(runner);
        if (due) await runner.manager.sql`DELETE FROM schema_migrations WHERE name = ${name}`;
        return due;
      },
    });
  }

  /** Makes a change in a transaction, unless the migration has none; tries again when it had to wait for a lock. */
  private async changed(
    runner: QueryRunner,
    migration: MigrationInterface,
    { failed, change }: { failed: string; change: () => Promise<boolean> },
  ): Promise<boolean> {
    const transactional = migration.transaction !== false || this.database.driver === 'sqlite';
    const attempt = () => this.once(runner, transactional, change);
    try {
      return await (transactional ? retriedAtLocks(this.lockWait, attempt) : attempt());
    } catch (error) {
      throw new StartupError(
        'MIGRATION_FAILED',
        `${failed}: ${reasonOf(error as Error, isLockTimeout(error))}`,
        { cause: error },
      );
    }
  }

  private async once(
    runner: QueryRunner,
    transactional: boolean,
    change: () => Promise<boolean>,
  ): Promise<boolean> {
    try {
      await runner.beforeMigration();
      if (transactional) await this.database.store.begin(runner);
      // CREATE INDEX CONCURRENTLY, which has no transaction, waits for others without making any wait.
      if (transactional && this.database.driver === 'postgres')
        await runner.query(`SET LOCAL lock_timeout = ${this.lockWait.timeoutMs}`);
      const done = await change();
      if (transactional) await runner.commitTransaction();
      return done;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.afterMigration();
    }
  }

  private async applyNow(runner: QueryRunner, migration: MigrationInterface): Promise<void> {
    await migration.up(runner);
    await runner.manager
      .sql`INSERT INTO schema_migrations (name, applied_at) VALUES (${nameOf(migration)}, ${Date.now()})`;
  }

  private async applied(runner: QueryRunner, { release = false } = {}): Promise<string[]> {
    try {
      if (!(await runner.hasTable('schema_migrations'))) return [];
      // Several may have been applied in one millisecond: then their own timestamps, the last 13 digits, say which was first.
      const rows = (await runner.query(
        'SELECT name FROM schema_migrations ORDER BY applied_at, substr(name, length(name) - 12)',
      )) as { name: string }[];
      return rows.map(({ name }) => name);
    } finally {
      if (release) await runner.release();
    }
  }

  /** Runs in one process at a time: an advisory lock on PostgreSQL, BEGIN IMMEDIATE for each migration on SQLite. */
  private async locked<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = this.database.store.writer.createQueryRunner();
    const postgres = this.database.driver === 'postgres';
    try {
      if (postgres) await takeTurn(runner);
      return await work(runner);
    } finally {
      if (postgres) await runner.query(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => undefined);
      await runner.release();
    }
  }
}

/**
 * Takes the lock of migrations. A statement that waits for it would have a snapshot, for whose end `CREATE INDEX
 * CONCURRENTLY` in the process that has the lock would wait: a deadlock.
 */
async function takeTurn(runner: QueryRunner): Promise<void> {
  for (;;) {
    const [row] = (await runner.query(`SELECT pg_try_advisory_lock(${LOCK}) AS taken`)) as {
      taken: boolean;
    }[];
    if (row!.taken) return;
    await delay(TURN_INTERVAL_MS);
  }
}

/** TypeORM's errors have the statement. */
function reasonOf(error: Error & { query?: string }, waited: boolean): string {
  if (!waited) return error.message;
  return `other transactions kept a lock that it needs; end them and try again. It waited with: ${error.query}`;
}

function nameOf(migration: MigrationInterface): string {
  return migration.name ?? migration.constructor.name;
}

function timestampOf(migration: MigrationInterface): number {
  const [digits] = /\d{13}$/.exec(nameOf(migration)) ?? [];
  if (!digits)
    throw new StartupError('MIGRATION_FAILED', `${nameOf(migration)} must end in 13 digits, its timestamp`);
  return Number(digits);
}
