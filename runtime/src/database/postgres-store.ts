import { DataSource } from 'typeorm';
import type { EntityManager, QueryRunner } from 'typeorm';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSourceParts } from './data-source-parts.js';
import { DatabaseUnavailable } from './database-outage.js';
import { reportOutages } from './report-outages.js';
import type { Store, TransactionOptions } from './store.js';

export interface PostgresOptions extends DataSourceParts {
  readonly url: string;
  readonly at: string;
  readonly applicationName: string;
  /** Called when an idle connection of the pool breaks. */
  readonly onConnectionLost: (error: unknown) => void;
}

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 3000;

/** The number of times a transaction is tried before its conflict is reported to the caller. */
const MAX_ATTEMPTS = 6;

/** For how long a transaction that could not be committed is tried again on another connection, in milliseconds. */
const RECONNECT_MS = 1000;

/** serialization_failure and deadlock_detected: the transaction was rolled back, and may succeed when retried. */
const CONFLICTS = new Set(['40001', '40P01']);

/** SQLSTATE classes about the server rather than the query: connection, resources, intervention, system error. */
const TRANSIENT_CLASS = /^(08|53|57P|58)/;
const TRANSIENT_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  '25006',
]);

/** disk_full. */
const DISK_FULL = '53100';

/** The messages of pg, which have no code, for a connection that breaks or cannot be opened. */
const BROKEN =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed/;

/** PostgreSQL through a connection pool: reads and writes run concurrently. */
export class PostgresStore implements Store {
  readonly driver = 'postgres';

  private constructor(
    readonly at: string,
    readonly writer: DataSource,
  ) {}

  static async open({
    url,
    at,
    entities,
    applicationName,
    onConnectionLost,
  }: PostgresOptions): Promise<PostgresStore> {
    const { default: driver } = await import('pg');
    const source = new DataSource({
      type: 'postgres',
      driver,
      url,
      entities: [...entities],
      applicationName,
      connectTimeoutMS: CONNECT_TIMEOUT_MS,
      installExtensions: false,
      poolErrorHandler: onConnectionLost,
      extra: { max: POOL_SIZE, keepAlive: true },
    });
    await source.initialize();
    reportOutages(source, (error) => isOutage(error) && !isFull(error));
    return new PostgresStore(at, source);
  }

  get read(): EntityManager {
    return this.writer.manager;
  }

  async run<T>(
    work: (tx: EntityManager) => Promise<T>,
    { isolation = 'READ COMMITTED' }: TransactionOptions,
  ): Promise<T> {
    const lastReconnect = Date.now() + RECONNECT_MS;
    for (let attempt = 1; ; attempt++) {
      let committing = false;
      try {
        return await this.writer.transaction(isolation, async (tx) => {
          const result = await work(tx);
          committing = true;
          return result;
        });
      } catch (error) {
        // Of a connection that breaks during the commit nobody knows whether it was done.
        const lost = error instanceof DatabaseUnavailable && !committing && Date.now() < lastReconnect;
        if (attempt === MAX_ATTEMPTS || !(lost || isConflict(error))) throw error;
        await delay(Math.random() * 10 * 2 ** attempt);
      }
    }
  }

  begin(runner: QueryRunner): Promise<void> {
    return runner.startTransaction();
  }

  isTransient(error: unknown): boolean {
    return isOutage(error) || isConflict(error);
  }

  isFull(error: unknown): boolean {
    return isFull(error);
  }

  /** The disk belongs to the database server: only a failed write shows that it is full. */
  shortage(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async close(): Promise<void> {
    await this.writer.destroy();
  }
}

const isConflict = (error: unknown): boolean => CONFLICTS.has(codeOf(error));
const isFull = (error: unknown): boolean => codeOf(error) === DISK_FULL;

function isOutage(error: unknown): boolean {
  const code = codeOf(error);
  if (TRANSIENT_CODES.has(code) || TRANSIENT_CLASS.test(code)) return true;
  return error instanceof Error && BROKEN.test(error.message);
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? '');
}
