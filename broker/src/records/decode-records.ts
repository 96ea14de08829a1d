import { decompress, varint } from './first-record-from.js';
import type { RecordBatch } from './record-batch.js';

export interface DecodedRecord {
  readonly offset: number;
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly (readonly [name: string, value: Buffer | null])[];
}

/** The records of a batch. Throws if Node cannot decompress them. */
export const decodeRecords = (batch: RecordBatch): DecodedRecord[] => {
  const bytes = decompress(batch);
  if (!bytes)
    throw new Error(`Node ${process.version} cannot read records with compression ${batch.compression}`);
  const cursor = { at: 0 };
  return Array.from({ length: batch.count }, () => {
    const end = varint(bytes, cursor) + cursor.at;
    cursor.at += 1; // attributes, which records do not use
    const delta = varint(bytes, cursor);
    const timestamp = batch.isLogAppendTime ? batch.maxTimestamp : batch.baseTimestamp + delta;
    const offset = batch.baseOffset + varint(bytes, cursor);
    const [key, value] = [sized(bytes, cursor), sized(bytes, cursor)];
    const headers = Array.from({ length: varint(bytes, cursor) }, () => {
      const name = sized(bytes, cursor)!.toString();
      return [name, sized(bytes, cursor)] as const;
    });
    cursor.at = end;
    return { offset, timestamp, key, value, headers };
  });
};

const sized = (bytes: Buffer, cursor: { at: number }): Buffer | null => {
  const length = varint(bytes, cursor);
  if (length < 0) return null;
  cursor.at += length;
  return bytes.subarray(cursor.at - length, cursor.at);
};
