import { readRecords } from './read-records.js';
import type { RecordBatch } from './record-batch.js';

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
  for (const record of recordsOf(batch))
    if (record.timestamp >= timestamp && record.offset >= offset)
      return { offset: record.offset, timestamp: record.timestamp };
  return first;
};

/** None of a batch whose records a producer has damaged. */
const recordsOf = (batch: RecordBatch): readonly { offset: number; timestamp: number }[] => {
  try {
    return [...(readRecords(batch) ?? [])];
  } catch {
    return [];
  }
};
