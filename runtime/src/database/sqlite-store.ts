import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type { EntityManager, ObjectLiteral, QueryRunner } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import type { DataSourceParts } from './data-source-parts.js';
import { DatabaseUnavailable } from './database-outage.js';
import { keepPrivate } from './keep-private.js';
import { SerialQueue } from './serial-queue.js';
import { reportOutages } from './report-outages.js';
import { prepareConnection, SqliteConnection } from './sqlite-connection.js';
import type { Store } from './store.js';

/** How long a transaction waits for another process's transaction to end, and how often it retries. */
const LOCK_TIMEOUT_MS = 5000;
const RETRY_INTERVAL_MS = 10;

/**
 * A transaction is first written to the WAL, in pages of 4 kB; with less free space than this the next one may fail.
 */
const MIN_FREE_BYTES = 256 * 1024;

const TRANSIENT = /^SQLITE_(BUSY|LOCKED|IOERR|FULL|CANTOPEN|NOMEM|READONLY)/;

export interface SqliteOptions extends DataSourceParts {
  readonly file: string;
  readonly survivesPowerCut: boolean;
}

/**
 * SQLite with one connection that writes and one that only reads. TypeORM gives every caller of a SQLite DataSource the
 * same connection, so concurrent transactions would be mixed up: a queue admits one at a time. The reader sees only
 * committed data.
 */
export class SqliteStore implements Store {
  readonly driver = 'sqlite';
  private readonly queue = new SerialQueue();

  private constructor(
    readonly at: string,
    readonly writer: DataSource,
    private readonly reader: DataSource,
  ) {}

  static async open(options: SqliteOptions): Promise<SqliteStore> {
    keepPrivate(options.file);
    const writer = await openConnection(options, false);
    return new SqliteStore(options.file, writer, await openConnection(options, true));
  }

  get read(): EntityManager {
    return this.reader.manager;
  }

  run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.queue.add(async () => {
      const runner = this.writer.createQueryRunner();
      try {
        await this.begin(runner);
        const result = await work(runner.manager);
        await runner.commitTransaction();
        return result;
      } finally {
        this.retire(runner);
      }
    });
  }

  /** Waits for another process to finish writing, without blocking this one. */
  async begin(runner: QueryRunner): Promise<void> {
    for (const deadline = Date.now() + LOCK_TIMEOUT_MS; ; await delay(RETRY_INTERVAL_MS)) {
      try {
        return await runner.startTransaction();
      } catch (error) {
        Object.assign(runner, { isTransactionActive: false });
        if (Date.now() > deadline || !/^SQLITE_BUSY/.test(codeOf(error))) throw error;
      }
    }
  }

  isTransient(error: unknown): boolean {
    return isTransient(error);
  }

  isFull(error: unknown): boolean {
    return isFull(error);
  }

  async shortage(): Promise<string | undefined> {
    const folder = dirname(this.at);
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    return free < MIN_FREE_BYTES
      ? `no space left: ${Math.floor(free / 1024)} kB are free in ${folder}`
      : undefined;
  }

  async close(): Promise<void> {
    await this.queue.idle();
    await this.reader.destroy();
    await this.writer.destroy();
  }

  /**
   * Cleans up after a transaction: uncommitted changes are rolled back, and code that still uses the manager (a
   * forgotten `await`) gets an error instead of writing into the next transaction.
   */
  private retire(runner: QueryRunner): void {
    Object.assign(runner, { isReleased: true });
    void runner.release();
    this.sqlite.queryRunner = undefined;
    const connection = this.sqlite.databaseConnection as SqliteConnection;
    if (connection.inTransaction) connection.exec('ROLLBACK');
  }

  private get sqlite(): BetterSqlite3Driver {
    return this.writer.driver as BetterSqlite3Driver;
  }
}

async function openConnection(options: SqliteOptions, readOnly: boolean): Promise<DataSource> {
  const { file, entities, survivesPowerCut } = options;
  const source = new DataSource({
    type: 'better-sqlite3',
    driver: SqliteConnection,
    database: file,
    entities: [...entities],
    prepareDatabase: (connection) => prepareConnection(connection, { readOnly, survivesPowerCut }),
  });
  await source.initialize();
  bindIntegers(source.driver as BetterSqlite3Driver);
  // The reader is read-only on purpose: a write to it is a mistake.
  reportOutages(source, (error) => isTransient(error) && !isFull(error) && !(readOnly && isReadOnly(error)));
  return source;
}

/**
 * TypeORM writes numbers into the text of a statement, so that one with a timestamp is never the same as the one before it, and
 * has to be compiled. It binds a bigint as a parameter, as it does text.
 */
function bindIntegers(driver: BetterSqlite3Driver): void {
  const escape = driver.escapeQueryWithParameters.bind(driver);
  driver.escapeQueryWithParameters = (sql, parameters) => {
    const entries = Object.entries(parameters as Record<string, unknown>);
    const bound = entries.map(([name, value]) => [
      name,
      Number.isSafeInteger(value) ? BigInt(value as number) : value,
    ]);
    return escape(sql, Object.fromEntries(bound) as ObjectLiteral);
  };
}

const isTransient = (error: unknown): boolean => TRANSIENT.test(codeOf(error));
const isFull = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_FULL');
const isReadOnly = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_READONLY');

function codeOf(error: unknown): string {
  const raw = error instanceof DatabaseUnavailable ? error.cause : error;
  return String((raw as { code?: unknown } | null)?.code ?? '');
}
