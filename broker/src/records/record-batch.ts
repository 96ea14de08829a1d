import { crc32c } from './crc32c.js';

/** Bytes of a v2 batch before its records. https://kafka.apache.org/documentation/#recordbatch */
export const BATCH_HEADER_BYTES = 61;
/** The bytes of base offset and length, which are needed to determine the size of a batch. */
export const BATCH_PREFIX_BYTES = 12;

const AT = {
  length: 8,
  leaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  count: 57,
} as const;

const COMPRESSION = 0b111;
const LOG_APPEND_TIME = 0b1000;
const TRANSACTIONAL = 0b10000;
const CONTROL = 0b100000;

const int64At = (bytes: Buffer, at: number): number =>
  bytes.readInt32BE(at) * 0x1_0000_0000 + bytes.readUInt32BE(at + 4);

/** A v2 record batch, whose header is read in place; the records themselves are not parsed. */
export class RecordBatch {
  constructor(readonly bytes: Buffer) {}

  get baseOffset(): number {
    return int64At(this.bytes, 0);
  }
  /** The size of the whole batch, prefix included. */
  get size(): number {
    return sizeOf(this.bytes, 0);
  }
  get magic(): number {
    return this.bytes.readInt8(AT.magic);
  }
  get lastOffset(): number {
    return this.baseOffset + this.lastOffsetDelta;
  }
  get lastOffsetDelta(): number {
    return this.bytes.readInt32BE(AT.lastOffsetDelta);
  }
  get baseTimestamp(): number {
    return int64At(this.bytes, AT.baseTimestamp);
  }
  get maxTimestamp(): number {
    return int64At(this.bytes, AT.maxTimestamp);
  }
  get producerId(): number {
    return int64At(this.bytes, AT.producerId);
  }
  get producerEpoch(): number {
    return this.bytes.readInt16BE(AT.producerEpoch);
  }
  get baseSequence(): number {
    return this.bytes.readInt32BE(AT.baseSequence);
  }
  get count(): number {
    return this.bytes.readInt32BE(AT.count);
  }
  get compression(): number {
    return this.attributes & COMPRESSION;
  }
  get isLogAppendTime(): boolean {
    return (this.attributes & LOG_APPEND_TIME) !== 0;
  }
  get isTransactional(): boolean {
    return (this.attributes & TRANSACTIONAL) !== 0;
  }
  get isControl(): boolean {
    return (this.attributes & CONTROL) !== 0;
  }
  /** The bytes of the records, compressed as set in the attributes. */
  get records(): Buffer {
    return this.bytes.subarray(BATCH_HEADER_BYTES);
  }

  /** Whether the checksum matches; it covers everything after itself, so neither base offset nor leader epoch. */
  isIntact(): boolean {
    return crc32c(this.bytes.subarray(AT.attributes)) === this.bytes.readUInt32BE(AT.crc);
  }

  /** Sets the base offset and leader epoch in place; the checksum does not cover them. */
  place(baseOffset: number, leaderEpoch: number): void {
    this.bytes.writeBigInt64BE(BigInt(baseOffset), 0);
    this.bytes.writeInt32BE(leaderEpoch, AT.leaderEpoch);
  }

  /** Sets the timestamp of all records to `time`, for topics with message.timestamp.type=LogAppendTime. */
  stamp(time: number): void {
    this.bytes.writeInt16BE(this.attributes | LOG_APPEND_TIME, AT.attributes);
    this.bytes.writeBigInt64BE(BigInt(time), AT.maxTimestamp);
    this.bytes.writeUInt32BE(crc32c(this.bytes.subarray(AT.attributes)), AT.crc);
  }

  private get attributes(): number {
    return this.bytes.readInt16BE(AT.attributes);
  }
}

/** The size of the batch that begins at `at`. */
export const sizeOf = (bytes: Buffer, at: number): number =>
  BATCH_PREFIX_BYTES + bytes.readInt32BE(at + AT.length);
