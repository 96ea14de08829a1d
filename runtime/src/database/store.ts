import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { IsolationLevel } from 'typeorm/driver/types/IsolationLevel.js';

export interface TransactionOptions {
  /** PostgreSQL only, READ COMMITTED unless told; on SQLite every transaction is serializable. */
  readonly isolation?: IsolationLevel;
}

/** One way of keeping data: how it is read, and how a unit of work is run so that it commits whole or not at all. */
export interface Store {
  readonly driver: 'sqlite' | 'postgres';
  /** Where the data is, without secrets. */
  readonly at: string;
  /** The connection that writes; on PostgreSQL a pool that also reads. */
  readonly writer: DataSource;
  readonly read: EntityManager;
  /** Runs `work` between BEGIN and COMMIT; may run it again where the database asks for that. */
  run<T>(work: (tx: EntityManager) => Promise<T>, options: TransactionOptions): Promise<T>;
  /** Begins a transaction; on SQLite it has the write lock from then on. */
  begin(runner: QueryRunner): Promise<void>;
  /** Is this error about the database being away, full or busy, and not about what it was asked? */
  isTransient(error: unknown): boolean;
  close(): Promise<void>;
}
