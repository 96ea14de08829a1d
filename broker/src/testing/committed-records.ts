import { decodeRecords, type DecodedRecord } from '../records/decode-records.js';
import { RecordBatch, sizeOf } from '../records/record-batch.js';

export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
}

/** What a consumer with read_committed sees of fetched batches: neither markers nor records of aborted transactions. */
export const committedRecords = (bytes: Buffer, aborted: readonly AbortedTransaction[]): DecodedRecord[] => {
  const starting = [...aborted].sort((a, b) => a.firstOffset - b.firstOffset);
  const aborting = new Set<number>();
  return [...batchesIn(bytes)].flatMap((batch) => {
    while (starting[0] && starting[0].firstOffset <= batch.lastOffset)
      aborting.add(starting.shift()!.producerId);
    if (batch.isControl) {
      if (isAbort(batch)) aborting.delete(batch.producerId);
      return [];
    }
    return batch.isTransactional && aborting.has(batch.producerId) ? [] : decodeRecords(batch);
  });
};

/** The offset after the last fetched batch. */
export const nextOffset = (bytes: Buffer, position: number): number =>
  Math.max(position, ...[...batchesIn(bytes)].map((batch) => batch.lastOffset + 1));

/** The key of a control record: a version and a type, of which 0 is an abort. */
const isAbort = (batch: RecordBatch): boolean => decodeRecords(batch)[0]?.key?.readInt16BE(2) === 0;

function* batchesIn(bytes: Buffer): Generator<RecordBatch> {
  for (let at = 0; at < bytes.length;) {
    const size = sizeOf(bytes, at);
    yield new RecordBatch(bytes.subarray(at, at + size));
    at += size;
  }
}
