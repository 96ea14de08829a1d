import { setTimeout as delay } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type { EntityManager, QueryRunner } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import type { DataSourceParts } from './data-source-parts.js';
import { SerialQueue } from './serial-queue.js';
import { prepareConnection, SqliteConnection } from './sqlite-connection.js';
import type { Store } from './store.js';

/** How long a transaction waits for another process' to end, and how often it looks, in milliseconds. */
const PATIENCE = 5000;
const RETRY_EVERY = 10;

const TRANSIENT = /^SQLITE_(BUSY|LOCKED|IOERR|FULL|CANTOPEN|NOMEM)/;

export interface SqliteOptions extends DataSourceParts {
  readonly file: string;
  readonly survivesPowerCut: boolean;
}

/**
 * SQLite with one connection that writes and one that only reads. TypeORM gives every caller of a SQLite DataSource the
 * same connection, so that concurrent transactions would end up inside each other: a queue lets one in at a time. The
 * reader sees what is committed and nothing else.
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
    const writer = await connect(options, false);
    return new SqliteStore(options.file, writer, await connect(options, true));
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

  /** Waits for another process to finish writing, without holding up this one. */
  async begin(runner: QueryRunner): Promise<void> {
    for (const deadline = Date.now() + PATIENCE; ; await delay(RETRY_EVERY)) {
      try {
        return await runner.startTransaction();
      } catch (error) {
        Object.assign(runner, { isTransactionActive: false });
        if (Date.now() > deadline || !/^SQLITE_BUSY/.test(codeOf(error))) throw error;
      }
    }
  }

  isTransient(error: unknown): boolean {
    return TRANSIENT.test(codeOf(error));
  }

  async close(): Promise<void> {
    await this.queue.idle();
    await this.reader.destroy();
    await this.writer.destroy();
  }

  /**
   * Leaves nothing of a transaction behind: what was not committed is rolled back, and what still holds the manager
   * (a forgotten `await`) gets an error instead of writing into the next one's transaction.
   */
  private retire(runner: QueryRunner): void {
    Object.assign(runner, { isReleased: true });
    this.sqlite.queryRunner = undefined;
    const connection = this.sqlite.databaseConnection as SqliteConnection;
    if (connection.inTransaction) connection.exec('ROLLBACK');
  }

  private get sqlite(): BetterSqlite3Driver {
    return this.writer.driver as BetterSqlite3Driver;
  }
}

async function connect(options: SqliteOptions, readOnly: boolean): Promise<DataSource> {
  const { file, entities, survivesPowerCut } = options;
  const source = new DataSource({
    type: 'better-sqlite3',
    driver: SqliteConnection,
    database: file,
    entities: [...entities],
    prepareDatabase: (connection) => prepareConnection(connection, { readOnly, survivesPowerCut }),
  });
  return source.initialize();
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? '');
}
