import type { MigrationInterface, QueryRunner } from 'typeorm';
import { StartupError } from '../service/startup-error.js';
import type { MigrationClass } from './data-source-parts.js';
import type { Database } from './database.js';

export interface MigrationStatus {
  readonly pending: readonly string[];
  readonly applied: readonly string[];
}

/** Any number that only migrations lock on (pg_advisory_lock, per database). */
const LOCK = 7301;

/**
 * Brings a schema to its head, each migration in a transaction of its own together with the note that it was applied:
 * one that fails leaves no trace, and the next run begins with it. Several processes may migrate at once; one does.
 */
export class Migrator {
  private readonly migrations: readonly MigrationInterface[];

  constructor(
    private readonly database: Database,
    classes: readonly MigrationClass[],
  ) {
    this.migrations = classes.map((type) => new type()).sort((a, b) => timestampOf(a) - timestampOf(b));
  }

  async status(): Promise<MigrationStatus> {
    const applied = await this.applied(this.database.store.writer.createQueryRunner(), { release: true });
    const pending = this.migrations.map(nameOf).filter((name) => !applied.includes(name));
    return { pending, applied };
  }

  /**
   * Applies what is pending, in order; returns the names.
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

  private async apply(runner: QueryRunner, migration: MigrationInterface): Promise<boolean> {
    const name = nameOf(migration);
    const transactional = migration.transaction !== false || this.database.driver === 'sqlite';
    try {
      await runner.beforeMigration();
      if (transactional) await runner.startTransaction();
      const due = !(await this.applied(runner)).includes(name);
      if (due) await this.applyNow(runner, migration);
      if (transactional) await runner.commitTransaction();
      return due;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      const message = `Migration ${name} failed and was rolled back: ${(error as Error).message}`;
      throw new StartupError('MIGRATION_FAILED', message, { cause: error });
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
      const rows = (await runner.query('SELECT name FROM schema_migrations ORDER BY applied_at, name')) as {
        name: string;
      }[];
      return rows.map(({ name }) => name);
    } finally {
      if (release) await runner.release();
    }
  }

  /** One process at a time: by an advisory lock on PostgreSQL, by BEGIN IMMEDIATE of each migration on SQLite. */
  private async locked<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = this.database.store.writer.createQueryRunner();
    const postgres = this.database.driver === 'postgres';
    try {
      if (postgres) await runner.query(`SELECT pg_advisory_lock(${LOCK})`);
      await runner.query(
        'CREATE TABLE IF NOT EXISTS schema_migrations (name varchar(255) PRIMARY KEY, applied_at bigint NOT NULL)',
      );
      return await work(runner);
    } finally {
      if (postgres) await runner.query(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => undefined);
      await runner.release();
    }
  }
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
