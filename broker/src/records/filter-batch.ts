import zlib from 'node:zlib';
import { crc32c } from './crc32c.js';
import { readRecords, type StoredRecord } from './read-records.js';
import { BATCH_HEADER_BYTES, RecordBatch } from './record-batch.js';

/**
 * The batch with only the records that `keeps` accepts: the batch itself if these are all, undefined if there are none.
 * Offsets, sequences and the producer remain as they are. A batch that cannot be decompressed is kept whole.
 */
export const filterBatch = (
  batch: RecordBatch,
  keeps: (record: StoredRecord) => boolean,
): RecordBatch | undefined => {
  const records = readRecords(batch);
  if (!records) return batch;
  const kept = [...records].filter(keeps);
  if (kept.length === batch.count) return batch;
  return kept.length === 0 ? undefined : rebuilt(batch, kept);
};

type Codec = (bytes: Buffer) => Buffer;

const { zstdCompressSync } = zlib as unknown as { zstdCompressSync?: Codec };

/** The codecs that Node can write; the records of others are stored without compression. */
const compressors: Record<number, Codec | undefined> = {
  1: (bytes) => zlib.gzipSync(bytes),
  4: zstdCompressSync,
};

const COMPRESSION = 0b111;
const AT = { length: 8, crc: 17, attributes: 21, maxTimestamp: 35, count: 57 } as const;
const PREFIX_BYTES = 12;

const rebuilt = (batch: RecordBatch, kept: readonly StoredRecord[]): RecordBatch => {
  const compress = compressors[batch.compression];
  const plain = Buffer.concat(kept.map(({ bytes }) => bytes));
  const bytes = Buffer.concat([
    batch.bytes.subarray(0, BATCH_HEADER_BYTES),
    compress ? compress(plain) : plain,
  ]);
  bytes.writeInt32BE(bytes.length - PREFIX_BYTES, AT.length);
  if (!compress) bytes.writeInt16BE(bytes.readInt16BE(AT.attributes) & ~COMPRESSION, AT.attributes);
  const latest = kept.reduce((time, { timestamp }) => Math.max(time, timestamp), -1);
  bytes.writeBigInt64BE(BigInt(latest), AT.maxTimestamp);
  bytes.writeInt32BE(kept.length, AT.count);
  bytes.writeUInt32BE(crc32c(bytes.subarray(AT.attributes)), AT.crc);
  return new RecordBatch(bytes);
};
