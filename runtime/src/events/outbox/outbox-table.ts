import type { EntityManager } from 'typeorm';
import type { WireHeaders, WireMessage } from '../messages/wire-message.js';

export interface OutboxRow extends WireMessage {
  readonly id: string;
}

/** SQLite's driver returns blobs as ArrayBuffer, PostgreSQL's as Buffer; ids are a number or a string. */
interface RawRow {
  readonly id: number | string;
  readonly topic: string;
  readonly message_key: ArrayBuffer | Uint8Array | null;
  readonly value: ArrayBuffer | Uint8Array | null;
  readonly headers: string;
}

export async function insertOutboxRow(
  tx: EntityManager,
  { topic, key, value, headers }: WireMessage,
): Promise<void> {
  await tx.sql`INSERT INTO outbox (topic, message_key, value, headers, created_at)
    VALUES (${topic}, ${key}, ${value}, ${JSON.stringify(headers)}, ${Date.now()})`;
}

/** The oldest rows. */
export async function readOutboxRows(read: EntityManager, limit: number): Promise<OutboxRow[]> {
  const rows =
    await read.sql`SELECT id, topic, message_key, value, headers FROM outbox ORDER BY id LIMIT ${limit}`;
  return (rows as RawRow[]).map((row) => ({
    id: String(row.id),
    topic: row.topic,
    key: toBuffer(row.message_key),
    value: toBuffer(row.value),
    headers: JSON.parse(row.headers) as WireHeaders,
  }));
}

export async function countOutboxRows(read: EntityManager): Promise<number> {
  const [row] = (await read.sql`SELECT COUNT(*) AS count FROM outbox`) as { count: number | string }[];
  return Number(row!.count);
}

/** Deletes exactly these ids, not a range: rows with smaller ids may have been committed since they were read. */
export async function deleteOutboxRows(tx: EntityManager, rows: readonly OutboxRow[]): Promise<void> {
  await tx
    .createQueryBuilder()
    .delete()
    .from('outbox')
    .where('id IN (:...ids)', { ids: rows.map(({ id }) => id) })
    .execute();
}

function toBuffer(bytes: ArrayBuffer | Uint8Array | null): Buffer | null {
  if (bytes === null) return null;
  return bytes instanceof ArrayBuffer
    ? Buffer.from(bytes)
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
