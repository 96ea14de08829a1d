import type { EntityManager } from 'typeorm';
import type { Database } from '../../database/database.js';
import type { WireHeaders, WireMessage } from '../messages/wire-message.js';

export interface OutboxRow extends WireMessage {
  readonly id: string;
  /** When it was written, in milliseconds since 1970. */
  readonly createdAt: number;
}

/** SQLite's driver returns blobs as ArrayBuffer, PostgreSQL's as Buffer; ids are a number or a string. */
interface RawRow {
  readonly id: number | string;
  readonly topic: string;
  readonly message_key: ArrayBuffer | Uint8Array | null;
  readonly value: ArrayBuffer | Uint8Array | null;
  readonly headers: string;
  readonly created_at: number | string;
}

/** The advisory lock for the order of events (pg_advisory_xact_lock): an arbitrary number. */
const ORDER_LOCK = 7302;

/**
 * Adds a row. Ids are assigned before the commit, so a transaction that commits later may have smaller ids. On PostgreSQL a lock
 * makes the order of ids the order of commits for one key; it is taken by the statement that inserts, before the id is assigned.
 * On SQLite, transactions do not overlap.
 */
export async function insertOutboxRow(
  tx: EntityManager,
  driver: Database['driver'],
  { topic, key, value, headers }: WireMessage,
): Promise<void> {
  const attributes = JSON.stringify(headers);
  if (driver === 'sqlite')
    await tx.sql`INSERT INTO outbox (topic, message_key, value, headers, created_at)
      VALUES (${topic}, ${key}, ${value}, ${attributes}, ${Date.now()})`;
  else
    await tx.sql`WITH turn AS MATERIALIZED
        (SELECT pg_advisory_xact_lock(${ORDER_LOCK}, hashtext(${key?.toString('latin1') ?? ''})))
      INSERT INTO outbox (topic, message_key, value, headers, created_at)
      SELECT ${topic}, ${key}::bytea, ${value}::bytea, ${attributes}, ${Date.now()}::bigint FROM turn`;
}

/** The rows of `outbox` but those with the ids in `seen`, oldest first. */
export async function readOutboxRows(
  { read, driver }: Database,
  limit: number,
  seen: readonly string[] = [],
): Promise<OutboxRow[]> {
  const ids = seen.join(',');
  const rows =
    driver === 'sqlite'
      ? await read.sql`SELECT id, topic, message_key, value, headers, created_at FROM outbox
          WHERE id NOT IN (SELECT value FROM json_each(${`[${ids}]`})) ORDER BY id LIMIT ${limit}`
      : await read.sql`SELECT id, topic, message_key, value, headers, created_at FROM outbox
          WHERE id <> ALL(string_to_array(${ids}, ',')::bigint[]) ORDER BY id LIMIT ${limit}`;
  return (rows as RawRow[]).map((row) => ({
    id: String(row.id),
    topic: row.topic,
    key: toBuffer(row.message_key),
    value: toBuffer(row.value),
    headers: headersOf(row.headers),
    createdAt: Number(row.created_at),
  }));
}

/** The oldest rows, without their messages. */
export async function readOutboxTimes(
  read: EntityManager,
  limit: number,
): Promise<Pick<OutboxRow, 'id' | 'createdAt'>[]> {
  const rows = await read.sql`SELECT id, created_at FROM outbox ORDER BY id LIMIT ${limit}`;
  return (rows as RawRow[]).map(({ id, created_at }) => ({ id: String(id), createdAt: Number(created_at) }));
}

/** Rows of an earlier version hold an object. */
function headersOf(json: string): WireHeaders {
  const headers = JSON.parse(json) as WireHeaders | Record<string, string>;
  return Array.isArray(headers)
    ? (headers as WireHeaders)
    : Object.entries(headers as Record<string, string>);
}

export async function countOutboxRows(read: EntityManager): Promise<number> {
  const [row] = (await read.sql`SELECT COUNT(*) AS count FROM outbox`) as { count: number | string }[];
  return Number(row!.count);
}

/** Deletes exactly these ids, not a range: rows with smaller ids may have been committed since they were read. */
export async function deleteOutboxRows(database: Database, ids: readonly string[]): Promise<void> {
  const list = ids.join(',');
  await database.transaction((tx) =>
    database.driver === 'sqlite'
      ? tx.sql`DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(${`[${list}]`}))`
      : tx.sql`DELETE FROM outbox WHERE id = ANY(string_to_array(${list}, ',')::bigint[])`,
  );
}

/** Moves a row to those that Kafka refused. */
export async function refuseOutboxRow(database: Database, id: string, reason: string): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.sql`INSERT INTO outbox_refused (id, topic, message_key, value, headers, created_at, reason, refused_at)
      SELECT id, topic, message_key, value, headers, created_at, ${reason}, ${Date.now()} FROM outbox WHERE id = ${id}`;
    await tx.sql`DELETE FROM outbox WHERE id = ${id}`;
  });
}

export async function countRefusedRows(read: EntityManager): Promise<number> {
  const [row] = (await read.sql`SELECT COUNT(*) AS count FROM outbox_refused`) as {
    count: number | string;
  }[];
  return Number(row!.count);
}

function toBuffer(bytes: ArrayBuffer | Uint8Array | null): Buffer | null {
  if (bytes === null) return null;
  return bytes instanceof ArrayBuffer
    ? Buffer.from(bytes)
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
