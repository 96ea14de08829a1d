import { field, readRecords, varint, type StoredRecord } from './read-records.js';
import type { RecordBatch } from './record-batch.js';

export interface DecodedRecord extends Pick<StoredRecord, 'offset' | 'timestamp' | 'key' | 'value'> {
  readonly headers: readonly (readonly [name: string, value: Buffer | null])[];
}

/** The records of a batch, with their headers. Throws if Node cannot decompress them. */
export const decodeRecords = (batch: RecordBatch): DecodedRecord[] => {
  const records = readRecords(batch);
  if (!records)
    throw new Error(`Node ${process.version} cannot read records with compression ${batch.compression}`);
  return Array.from(records, ({ offset, timestamp, key, value, headers }) => ({
    offset,
    timestamp,
    key,
    value,
    headers: headersIn(headers),
  }));
};

const headersIn = (bytes: Buffer): DecodedRecord['headers'] => {
  const cursor = { at: 0 };
  return Array.from({ length: varint(bytes, cursor) }, () => {
    const name = field(bytes, cursor, bytes.length)!.toString();
    return [name, field(bytes, cursor, bytes.length)] as const;
  });
};
