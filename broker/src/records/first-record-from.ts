import zlib from 'node:zlib';
import type { RecordBatch } from './record-batch.js';

type Decompress = (bytes: Buffer) => Buffer;

/** The compressions that Node supports; zstd only since 22.15. For other batches only the header can be read. */
const decompressors: Record<number, Decompress | undefined> = {
  0: (bytes) => bytes,
  1: (bytes) => zlib.gunzipSync(bytes),
  4: (zlib as unknown as { zstdDecompressSync?: Decompress }).zstdDecompressSync,
};

/** The records of a batch; undefined if Node does not support their compression. */
export const decompress = (batch: RecordBatch): Buffer | undefined =>
  decompressors[batch.compression]?.(batch.records);

interface RecordPosition {
  readonly offset: number;
  readonly timestamp: number;
}

/**
 * The first record of a batch at or after both `timestamp` and `offset`. For a batch that cannot be decompressed, this
 * is its first record: reading from there misses nothing.
 */
export const firstRecordFrom = (
  batch: RecordBatch,
  { timestamp, offset }: RecordPosition,
): RecordPosition => {
  const first = { offset: Math.max(batch.baseOffset, offset), timestamp: batch.baseTimestamp };
  if (batch.isLogAppendTime) return { ...first, timestamp: batch.maxTimestamp };
  const records = decompress(batch);
  if (!records) return first;
  for (const position of positionsIn(batch, records))
    if (position.timestamp >= timestamp && position.offset >= offset) return position;
  return first;
};

/** The offset and time of every record; all integers in a record are zigzag varints. */
function* positionsIn(batch: RecordBatch, records: Buffer): Generator<RecordPosition> {
  const cursor = { at: 0 };
  for (let left = batch.count; left > 0; left--) {
    const length = varint(records, cursor);
    const next = cursor.at + length;
    cursor.at += 1; // attributes, which records do not use
    const timestamp = batch.baseTimestamp + varint(records, cursor);
    yield { timestamp, offset: batch.baseOffset + varint(records, cursor) };
    cursor.at = next;
  }
}

/** A zigzag varint. Uses floating-point arithmetic, because times exceed 32 bits. */
export const varint = (bytes: Buffer, cursor: { at: number }): number => {
  let value = 0;
  for (let weight = 1; ; weight *= 128) {
    const byte = bytes[cursor.at++]!;
    value += (byte & 0x7f) * weight;
    if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
};
