import { Malformed } from '../wire/malformed.js';
import { decompress } from './decompress.js';
import type { RecordBatch } from './record-batch.js';

/** A record of a v2 batch. */
export interface StoredRecord {
  readonly offset: number;
  readonly timestamp: number;
  /** Null without a key. */
  readonly key: Buffer | null;
  /** A record without a value deletes its key in a compacted topic. */
  readonly isTombstone: boolean;
  readonly value: Buffer | null;
  /** The number of headers, then their names and values; decoded only where they are shown. */
  readonly headers: Buffer;
  /** The whole record, with its length. */
  readonly bytes: Buffer;
}

/** The records of a batch; undefined if Node lacks its codec. Throws Malformed. */
export const readRecords = (batch: RecordBatch): Generator<StoredRecord> | undefined => {
  const records = decompress(batch);
  return records && parse(batch, records);
};

function* parse(batch: RecordBatch, records: Buffer): Generator<StoredRecord> {
  const cursor = { at: 0 };
  for (let left = batch.count; left > 0; left--) {
    const start = cursor.at;
    const length = varint(records, cursor);
    const end = cursor.at + length;
    if (length < 0 || end > records.length) throw new Malformed('record beyond the end of its batch');
    cursor.at += 1; // attributes, which records do not use
    const timestamp = batch.isLogAppendTime
      ? (varint(records, cursor), batch.maxTimestamp)
      : batch.baseTimestamp + varint(records, cursor);
    const offset = batch.baseOffset + varint(records, cursor);
    const key = field(records, cursor, end);
    const value = field(records, cursor, end);
    const headers = records.subarray(cursor.at, end);
    const bytes = records.subarray(start, end);
    yield { offset, timestamp, key, isTombstone: value === null, value, headers, bytes };
    cursor.at = end;
  }
}

/** A key, a value, or a part of a header: its length, and its bytes before `end`. */
export const field = (records: Buffer, cursor: { at: number }, end: number): Buffer | null => {
  const length = varint(records, cursor);
  if (length < 0) return null;
  if (cursor.at + length > end) throw new Malformed('field beyond the end of its record');
  cursor.at += length;
  return records.subarray(cursor.at - length, cursor.at);
};

/** The weight of the first byte that a 64-bit integer cannot have. */
const END_WEIGHT = 128 ** 10;

/** A zigzag varint. Uses floating-point arithmetic, because times exceed 32 bits. */
export const varint = (bytes: Buffer, cursor: { at: number }): number => {
  let value = 0;
  for (let weight = 1; weight < END_WEIGHT; weight *= 128) {
    const byte = bytes[cursor.at++];
    if (byte === undefined) break;
    value += (byte & 0x7f) * weight;
    if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
  throw new Malformed('invalid integer in a record');
};
