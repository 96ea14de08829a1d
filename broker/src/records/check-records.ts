import { ErrorCode } from '../wire/error-code.js';
import { readRecords, type StoredRecord } from './read-records.js';
import type { RecordBatch } from './record-batch.js';

/** What a topic requires of the records that are appended to it. */
export interface RecordRules {
  /** In a compacted topic, every record needs a key. */
  readonly isCompacted: boolean;
  /** How far timestamps may be behind and ahead; undefined if the broker sets them itself (KIP-937). */
  readonly timestamps?: { readonly beforeMs: number; readonly afterMs: number } | undefined;
  readonly now: number;
  /** The topic and partition, as Kafka shows them. */
  readonly place: string;
}

export interface RecordError {
  readonly batchIndex: number;
  readonly batchIndexErrorMessage: string;
}

/** The response for a batch with records that are not allowed (KIP-467). */
export interface RefusedRecords {
  readonly errorCode: ErrorCode;
  readonly errorMessage: string;
  readonly recordErrors: RecordError[];
}

/** A request that has more errors than this is not described in full. */
const MAX_ERRORS = 1000;
const SHOWN_ERRORS = 3;

/**
 * Checks the records of a batch against the rules of its topic, as Kafka's LogValidator does; undefined if all are
 * allowed. Records are only read if the header of the batch does not rule out an error. Throws Malformed.
 */
export const refusalOf = (batch: RecordBatch, rules: RecordRules): RefusedRecords | undefined => {
  const limits = limitsOf(rules);
  if (!rules.isCompacted && areTimesAllowed(batch, limits)) return undefined;
  const keyErrors: RecordError[] = [];
  const timeErrors: RecordError[] = [];
  for (const record of readRecords(batch) ?? []) {
    const batchIndex = record.offset - batch.baseOffset;
    if (rules.isCompacted && record.key === null)
      keyErrors.push({ batchIndex, batchIndexErrorMessage: withoutKey(rules) });
    else if (limits && isOutside(record.timestamp, limits))
      timeErrors.push({ batchIndex, batchIndexErrorMessage: outOfRange(record, batchIndex, limits) });
    if (keyErrors.length + timeErrors.length === MAX_ERRORS) break;
  }
  if (keyErrors.length > 0) return refusedKeys(keyErrors);
  return timeErrors.length > 0 ? refusedTimes(timeErrors) : undefined;
};

interface Limits {
  readonly earliest: number;
  readonly latest: number;
}

const limitsOf = ({ timestamps, now }: RecordRules): Limits | undefined =>
  timestamps && { earliest: now - timestamps.beforeMs, latest: now + timestamps.afterMs };

const isOutside = (time: number, { earliest, latest }: Limits): boolean =>
  time >= 0 && (time < earliest || time > latest);

/** The header has the latest time; without reading the records, the earliest is only known not to be negative. */
const areTimesAllowed = (batch: RecordBatch, limits?: Limits): boolean =>
  !limits || (Math.max(batch.maxTimestamp, batch.baseTimestamp) <= limits.latest && limits.earliest <= 0);

const withoutKey = ({ place }: RecordRules): string =>
  `Compacted topic cannot accept message without key in topic partition ${place}`;

const outOfRange = ({ timestamp }: StoredRecord, index: number, { earliest, latest }: Limits): string =>
  `Timestamp ${timestamp} of message with offset ${index} is out of range. The timestamp should be within [${earliest}, ${latest}]`;

const refusedKeys = (recordErrors: RecordError[]): RefusedRecords => {
  const shown = recordErrors
    .slice(0, SHOWN_ERRORS)
    .map((error) => `RecordError(batchIndex=${error.batchIndex}, message='${error.batchIndexErrorMessage}')`);
  return {
    errorCode: ErrorCode.INVALID_RECORD,
    errorMessage: `One or more records have been rejected due to ${recordErrors.length} record errors in total, and only showing the first three errors at most: [${shown.join(', ')}]`,
    recordErrors,
  };
};

const refusedTimes = (recordErrors: RecordError[]): RefusedRecords => ({
  errorCode: ErrorCode.INVALID_TIMESTAMP,
  errorMessage: 'One or more records have been rejected due to invalid timestamp',
  recordErrors,
});
