import Libsql from 'libsql';

/** How long a statement blocks the process while another one has the file locked, in milliseconds. */
const BUSY_TIMEOUT = 50;

export interface ConnectionMode {
  readonly readOnly: boolean;
  /** Whether a commit must survive a power cut, or only the end of the process. */
  readonly survivesPowerCut: boolean;
}

/** What is used of a connection; better-sqlite3, the package that libsql stands in for, has the same. */
export interface Connection {
  readonly inTransaction: boolean;
  prepare(sql: string): unknown;
  exec(sql: string): unknown;
  pragma(source: string): unknown;
}

const Driver = Libsql as unknown as new (file: string, options?: object) => Connection;

/**
 * The driver class that TypeORM opens connections with. A transaction takes the write lock when it begins: one that
 * begins by reading could otherwise not be continued after another process wrote (SQLITE_BUSY_SNAPSHOT).
 */
export class SqliteConnection extends Driver {
  override prepare(sql: string): unknown {
    return super.prepare(sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : sql);
  }
}

/**
 * WAL lets readers go on while one writes. With it, synchronous=NORMAL loses nothing when the process is killed, since
 * the operating system has the pages; FULL adds that the disk has them.
 */
export function prepareConnection(
  connection: Connection,
  { readOnly, survivesPowerCut }: ConnectionMode,
): void {
  connection.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
  connection.pragma('journal_mode = WAL');
  connection.pragma(`synchronous = ${survivesPowerCut ? 'FULL' : 'NORMAL'}`);
  if (readOnly) connection.pragma('query_only = ON');
}
