import { ErrorCode, KafkaError } from '../wire/error-code.js';

/** The number of batches remembered for a producer; clients have at most this many in flight (KIP-98). */
const MAX_REMEMBERED_BATCHES = 5;
const MAX_SEQUENCE = 0x7fffffff;

/** A batch of an idempotent producer in the log. */
export interface Appended {
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly baseOffset: number;
  readonly time: number;
}

/** The state of one producer in a partition: its epoch and the latest batches of that epoch, newest last. */
export interface ProducerEntry {
  readonly epoch: number;
  readonly batches: readonly Appended[];
  /** When the producer last wrote, or its last transaction ended. */
  readonly time: number;
  /** The timestamp of its last batch or marker, which the producer may have set. */
  readonly lastTimestamp: number;
  /** The offset of the first record of its open transaction; null if there is none. */
  readonly openSince: number | null;
  /** The epoch of the coordinator that ended its last transaction; -1 if there was none. */
  readonly coordinatorEpoch: number;
}

export interface BatchSequence {
  readonly epoch: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
  /** Whether an unknown producer must begin with 0, as clients of transaction.version 2 do (KIP-890). */
  readonly beginsAtZero?: boolean;
}

/** Sequences count records and wrap around to 0. */
export const lastSequenceOf = (first: number, count: number): number =>
  (first + count - 1) % (MAX_SEQUENCE + 1);

const NO_SEQUENCE = -1;
const follows = (last: number, next: number): boolean => next === (last === MAX_SEQUENCE ? 0 : last + 1);

export const lastSequenceIn = (entry: ProducerEntry): number =>
  entry.batches.at(-1)?.lastSequence ?? NO_SEQUENCE;

/**
 * Whether a batch is the producer's next one. Returns the batch it repeats, if it does; throws if it is out of
 * order or from a fenced producer. An unknown producer may begin with any sequence (KIP-360): its records may have been
 * deleted.
 */
export const checkSequence = (
  entry: ProducerEntry | undefined,
  sequence: BatchSequence,
): Appended | undefined => {
  if (!entry) {
    if (sequence.beginsAtZero && sequence.firstSequence !== 0) throw outOfOrder(sequence, 0);
    return undefined;
  }
  if (sequence.epoch < entry.epoch)
    throw new KafkaError(
      ErrorCode.INVALID_PRODUCER_EPOCH,
      `epoch ${sequence.epoch} was replaced by ${entry.epoch}`,
    );
  if (sequence.epoch > entry.epoch) {
    if (sequence.firstSequence === 0) return undefined;
    throw outOfOrder(sequence, 0);
  }
  const repeated = entry.batches.find(
    (batch) => batch.firstSequence === sequence.firstSequence && batch.lastSequence === sequence.lastSequence,
  );
  const last = lastSequenceIn(entry);
  if (!repeated && !follows(last, sequence.firstSequence)) throw outOfOrder(sequence, last + 1);
  return repeated;
};

const outOfOrder = (sequence: BatchSequence, expected: number): KafkaError =>
  new KafkaError(
    ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
    `sequence ${sequence.firstSequence}, expected ${expected}`,
  );

/** The state after a batch was appended; a new epoch begins with no batches. */
export const remember = (
  entry: ProducerEntry | undefined,
  epoch: number,
  batch: Appended & { readonly isTransactional: boolean; readonly maxTimestamp: number },
): ProducerEntry => {
  const { isTransactional, maxTimestamp, ...appended } = batch;
  return {
    epoch,
    batches: [...(entry?.epoch === epoch ? entry.batches : []), appended].slice(-MAX_REMEMBERED_BATCHES),
    time: batch.time,
    lastTimestamp: maxTimestamp,
    openSince: entry?.openSince ?? (isTransactional ? batch.baseOffset : null),
    coordinatorEpoch: entry?.coordinatorEpoch ?? -1,
  };
};
