import { gzipSync } from 'node:zlib';
import { crc32c } from './crc32c.js';
import { BATCH_HEADER_BYTES, RecordBatch } from './record-batch.js';

export interface BatchOptions {
  /** Null is a tombstone. */
  readonly values?: readonly (string | null)[];
  /** One for each value (default: none has a key). */
  readonly keys?: readonly (string | null)[];
  /** One for each value (default: all at `time`). */
  readonly times?: readonly number[];
  readonly time?: number;
  readonly producerId?: number;
  readonly epoch?: number;
  readonly sequence?: number;
  readonly attributes?: number;
}

const zigzag = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = BigInt(value) >= 0n ? BigInt(value) * 2n : -BigInt(value) * 2n - 1n;
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
};

interface RecordOptions {
  readonly key: string | null;
  readonly value: string | null;
  readonly timeDelta: number;
  readonly offsetDelta: number;
}

const field = (value: string | null): Buffer =>
  value === null ? zigzag(-1) : Buffer.concat([zigzag(Buffer.byteLength(value)), Buffer.from(value)]);

const recordOf = ({ key, value, timeDelta, offsetDelta }: RecordOptions): Buffer => {
  const content = Buffer.concat([
    Buffer.from([0]),
    zigzag(timeDelta),
    zigzag(offsetDelta),
    field(key),
    field(value),
    zigzag(0),
  ]);
  return Buffer.concat([zigzag(content.length), content]);
};

/** A batch as a producer sends it. The attributes set the compression, which is applied only for gzip (1). */
export const batchOf = (options: BatchOptions = {}): RecordBatch => {
  const {
    values = ['value'],
    time = 1_000,
    producerId = -1,
    epoch = -1,
    sequence = -1,
    attributes = 0,
  } = options;
  const times = options.times ?? values.map(() => time);
  const plain = Buffer.concat(
    values.map((value, i) =>
      recordOf({ key: options.keys?.[i] ?? null, value, timeDelta: times[i]! - times[0]!, offsetDelta: i }),
    ),
  );
  const records = (attributes & 7) === 1 ? gzipSync(plain) : plain;
  const bytes = Buffer.concat([Buffer.alloc(BATCH_HEADER_BYTES), records]);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeInt32BE(-1, 12);
  bytes.writeInt8(2, 16);
  bytes.writeInt16BE(attributes, 21);
  bytes.writeInt32BE(values.length - 1, 23);
  bytes.writeBigInt64BE(BigInt(times[0]!), 27);
  bytes.writeBigInt64BE(BigInt(Math.max(...times)), 35);
  bytes.writeBigInt64BE(BigInt(producerId), 43);
  bytes.writeInt16BE(epoch, 51);
  bytes.writeInt32BE(sequence, 53);
  bytes.writeInt32BE(values.length, 57);
  bytes.writeUInt32BE(crc32c(bytes.subarray(21)), 17);
  return new RecordBatch(bytes);
};
