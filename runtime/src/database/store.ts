import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { IsolationLevel } from 'typeorm/driver/types/IsolationLevel.js';

export interface TransactionOptions {
  /** PostgreSQL only (default: READ COMMITTED); on SQLite every transaction is serializable. */
  readonly isolation?: IsolationLevel;
}

/** A database engine: how data is read, and how a unit of work is committed or rolled back as a whole. */
export interface Store {
  readonly driver: 'sqlite' | 'postgres';
  /** Where the data is, without secrets. */
  readonly at: string;
  /** The connection that writes; on PostgreSQL a pool that also reads. */
  readonly writer: DataSource;
  readonly read: EntityManager;
  /** Runs `work` between BEGIN and COMMIT; retries it after a conflict, and when the connection broke before the COMMIT. */
  run<T>(work: (tx: EntityManager) => Promise<T>, options: TransactionOptions): Promise<T>;
  /** Begins a transaction; on SQLite this takes the write lock. */
  begin(runner: QueryRunner): Promise<void>;
  /** Whether the database is unavailable, full or busy, as opposed to an error in the query. */
  isTransient(error: unknown): boolean;
  /** Whether the error means that the disk is full. */
  isFull(error: unknown): boolean;
  /** Why nothing can be written, if that can be detected without a write. */
  shortage(): Promise<string | undefined>;
  close(): Promise<void>;
}
