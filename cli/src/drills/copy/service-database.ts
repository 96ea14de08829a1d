import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Query } from '@msx/runtime';
import type { Service } from '../../model/system/system.js';

/** The part of libsql that is used; better-sqlite3 has the same API. */
interface Connection {
  prepare(sql: string): { all(): Record<string, unknown>[] };
  exec(sql: string): unknown;
  close(): void;
}

/** A service may be writing. */
const BUSY_TIMEOUT_MS = 10_000;

/** Opens the SQLite file of a service with the driver that the service itself has. */
function openDatabase({ folder, database }: Service): Connection {
  const runtime = createRequire(join(folder, 'package.json')).resolve('@msx/runtime');
  const Driver = createRequire(runtime)('libsql') as new (file: string, options: object) => Connection;
  return new Driver(join(folder, database!.file!), { timeout: BUSY_TIMEOUT_MS });
}

/** Lets `work` read the database of a service. */
export async function withDatabase<T>(service: Service, work: (query: Query) => T | Promise<T>): Promise<T> {
  const connection = openDatabase(service);
  try {
    return await work((sql) => connection.prepare(sql).all());
  } finally {
    connection.close();
  }
}

/** Takes the write lock, so that the service cannot write, until the result is called. */
export function lockDatabase(service: Service): () => void {
  const connection = openDatabase(service);
  connection.exec('BEGIN IMMEDIATE');
  let locked = true;
  return () => {
    if (!locked) return;
    locked = false;
    connection.exec('ROLLBACK');
    connection.close();
  };
}
