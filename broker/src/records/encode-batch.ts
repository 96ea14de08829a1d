import { crc32c } from './crc32c.js';
import { BATCH_HEADER_BYTES } from './record-batch.js';

export interface NewRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly (readonly [name: string, value: Buffer])[];
  readonly timestamp: number;
}

/** An uncompressed v2 batch of records, as a producer without idempotence sends it. */
export const encodeBatch = (records: readonly NewRecord[]): Buffer => {
  const base = records[0]!.timestamp;
  const bodies = records.map((record, delta) => encodeRecord(record, { base, delta }));
  const bytes = Buffer.concat([Buffer.alloc(BATCH_HEADER_BYTES), ...bodies]);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeInt32BE(-1, 12);
  bytes.writeInt8(2, 16);
  bytes.writeInt32BE(records.length - 1, 23);
  bytes.writeBigInt64BE(BigInt(base), 27);
  bytes.writeBigInt64BE(BigInt(Math.max(...records.map(({ timestamp }) => timestamp))), 35);
  bytes.writeBigInt64BE(-1n, 43);
  bytes.writeInt16BE(-1, 51);
  bytes.writeInt32BE(-1, 53);
  bytes.writeInt32BE(records.length, 57);
  bytes.writeUInt32BE(crc32c(bytes.subarray(21)), 17);
  return bytes;
};

const encodeRecord = (record: NewRecord, { base, delta }: { base: number; delta: number }): Buffer => {
  const { key, value, headers, timestamp } = record;
  const body = Buffer.concat([
    Buffer.from([0]),
    varint(timestamp - base),
    varint(delta),
    ...sized(key),
    ...sized(value),
    varint(headers.length),
    ...headers.flatMap(([name, content]) => [...sized(Buffer.from(name)), ...sized(content)]),
  ]);
  return Buffer.concat([varint(body.length), body]);
};

const sized = (bytes: Buffer | null): Buffer[] => (bytes ? [varint(bytes.length), bytes] : [varint(-1)]);

/** Zigzag: small numbers are short, also negative ones. */
const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = value >= 0 ? value * 2 : -value * 2 - 1;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Buffer.from([...bytes, rest]);
};
