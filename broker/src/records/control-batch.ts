import { crc32c } from './crc32c.js';
import { BATCH_HEADER_BYTES, RecordBatch } from './record-batch.js';

/** The end of a transaction in a partition: what the transaction coordinator writes to its log (KIP-98). */
export interface Marker {
  readonly producerId: number;
  readonly epoch: number;
  readonly committed: boolean;
  /** Tells the coordinator from an earlier one of the same transaction. */
  readonly coordinatorEpoch: number;
}

/** Transactional, and not for consumers. */
const ATTRIBUTES = 0b110000;
const ABORT = 0;
const COMMIT = 1;

/** The only record: its key is a version and the type, its value a version and the coordinator's epoch. */
const RECORD = { type: BATCH_HEADER_BYTES + 7, coordinatorEpoch: BATCH_HEADER_BYTES + 12 };
const KEY_AND_VALUE = [32, 0, 0, 0, 8, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0];

/** The control batch of a marker, to be placed in a log. */
export const controlBatchOf = (marker: Marker, time: number): RecordBatch => {
  const bytes = Buffer.concat([Buffer.alloc(BATCH_HEADER_BYTES), Buffer.from(KEY_AND_VALUE)]);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeInt8(2, 16);
  bytes.writeInt16BE(ATTRIBUTES, 21);
  bytes.writeBigInt64BE(BigInt(time), 27);
  bytes.writeBigInt64BE(BigInt(time), 35);
  bytes.writeBigInt64BE(BigInt(marker.producerId), 43);
  bytes.writeInt16BE(marker.epoch, 51);
  bytes.writeInt32BE(-1, 53);
  bytes.writeInt32BE(1, 57);
  bytes.writeInt16BE(marker.committed ? COMMIT : ABORT, RECORD.type);
  bytes.writeInt32BE(marker.coordinatorEpoch, RECORD.coordinatorEpoch);
  bytes.writeUInt32BE(crc32c(bytes.subarray(21)), 17);
  return new RecordBatch(bytes);
};

/** The marker in a control batch of the broker's own log. */
export const markerIn = (batch: RecordBatch): Marker => ({
  producerId: batch.producerId,
  epoch: batch.producerEpoch,
  committed: batch.bytes.readInt16BE(RECORD.type) === COMMIT,
  coordinatorEpoch: batch.bytes.readInt32BE(RECORD.coordinatorEpoch),
});
