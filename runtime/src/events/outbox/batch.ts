import { bytesOf } from '../messages/message-limits.js';
import type { WireMessage } from '../messages/wire-message.js';

/** The number of rows read from the outbox at once. */
export const BATCH_ROWS = 200;

/** One request to Kafka stays below the broker's default limit for a partition's batch (message.max.bytes, 1 MiB). */
const BATCH_BYTES = 512 * 1024;

/** The first rows, as many as fit into one request; at least one. */
export function takeBatch<T extends Omit<WireMessage, 'topic'>>(rows: readonly T[]): readonly T[] {
  let bytes = 0;
  const full = rows.findIndex((row, index) => (bytes += bytesOf(row)) > BATCH_BYTES && index > 0);
  return full < 0 ? rows : rows.slice(0, full);
}
