import Libsql from 'libsql';

/** How long a statement blocks the process while another process has the file locked. */
const BUSY_TIMEOUT_MS = 50;

export interface ConnectionMode {
  readonly readOnly: boolean;
  /** Whether a commit must survive a power failure, or only the end of the process. */
  readonly survivesPowerCut: boolean;
}

/** The part of a connection that is used; better-sqlite3, which libsql replaces, has the same API. */
export interface Connection {
  readonly inTransaction: boolean;
  prepare(sql: string): unknown;
  exec(sql: string): unknown;
  pragma(source: string): unknown;
}

const Driver = Libsql as unknown as new (file: string, options?: object) => Connection;

/**
 * The driver class that TypeORM opens connections with. A transaction takes the write lock when it begins: one that
 * begins with a read could otherwise not write after another process has written (SQLITE_BUSY_SNAPSHOT).
 */
export class SqliteConnection extends Driver {
  override prepare(sql: string): unknown {
    return super.prepare(sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : sql);
  }
}

/**
 * WAL lets readers continue during a write. With it, synchronous=NORMAL loses nothing when the process is killed,
 * because the operating system has the pages; FULL also waits until they are on the disk.
 */
export function prepareConnection(
  connection: Connection,
  { readOnly, survivesPowerCut }: ConnectionMode,
): void {
  connection.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  connection.pragma('journal_mode = WAL');
  connection.pragma(`synchronous = ${survivesPowerCut ? 'FULL' : 'NORMAL'}`);
  if (readOnly) connection.pragma('query_only = ON');
}
