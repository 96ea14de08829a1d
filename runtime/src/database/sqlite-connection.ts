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
  close(): void;
}

const Driver = Libsql as unknown as new (file: string, options?: object) => Connection;

/** As many as TypeORM keeps for each of its query runners. */
const MAX_STATEMENTS = 100;

/** Statements that read or change rows, or begin or end a transaction: none of them has a mode that a caller could set. */
const REUSABLE = /^(SELECT|INSERT|UPDATE|DELETE|WITH|BEGIN|COMMIT|ROLLBACK)\b/;

/**
 * The driver class that TypeORM opens connections with. A transaction takes the write lock when it begins: one that
 * begins with a read could otherwise not write after another process has written (SQLITE_BUSY_SNAPSHOT).
 *
 * Statements are prepared once for each connection: TypeORM keeps them with a query runner, and every transaction has its own.
 * The least recently used ones are dropped.
 */
export class SqliteConnection extends Driver {
  private readonly statements = new Map<string, unknown>();

  override prepare(sql: string): unknown {
    const text = sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : sql;
    if (!REUSABLE.test(text)) return super.prepare(text);
    const statement = this.statements.get(text) ?? super.prepare(text);
    this.statements.delete(text);
    this.statements.set(text, statement);
    if (this.statements.size > MAX_STATEMENTS) this.statements.delete(this.statements.keys().next().value!);
    return statement;
  }

  /** A statement that is kept would keep the file open. */
  override close(): void {
    this.statements.clear();
    super.close();
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
