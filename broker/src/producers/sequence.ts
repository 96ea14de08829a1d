import { ErrorCode, KafkaError } from '../wire/error-code.js';

/** How many batches of a producer are remembered; clients have at most as many in flight (KIP-98). */
const REMEMBERED = 5;
const MAX_SEQUENCE = 0x7fffffff;

/** A batch of an idempotent producer, as it lies in the log. */
export interface Appended {
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly baseOffset: number;
  readonly time: number;
}

/** What a partition remembers of one producer: its epoch and its latest batches, the newest last. */
export interface ProducerEntry {
  readonly epoch: number;
  readonly batches: readonly Appended[];
}

export interface Claim {
  readonly epoch: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
}

/** Sequences count records and wrap around to 0. */
export const lastSequenceOf = (first: number, count: number): number =>
  (first + count - 1) % (MAX_SEQUENCE + 1);

const follows = (last: number, next: number): boolean => next === (last === MAX_SEQUENCE ? 0 : last + 1);

/**
 * Whether a batch is the producer's next one. Returns the batch it repeats, if it does; throws if it is out of
 * order or from a producer that has been replaced. A producer nothing is remembered of may begin anywhere
 * (KIP-360): its records may have been deleted.
 */
export const checkSequence = (entry: ProducerEntry | undefined, claim: Claim): Appended | undefined => {
  if (!entry) return undefined;
  if (claim.epoch < entry.epoch)
    throw new KafkaError(
      ErrorCode.INVALID_PRODUCER_EPOCH,
      `epoch ${claim.epoch} was replaced by ${entry.epoch}`,
    );
  if (claim.epoch > entry.epoch) {
    if (claim.firstSequence === 0) return undefined;
    throw outOfOrder(claim, 0);
  }
  const repeated = entry.batches.find(
    (batch) => batch.firstSequence === claim.firstSequence && batch.lastSequence === claim.lastSequence,
  );
  const last = entry.batches.at(-1)!.lastSequence;
  if (!repeated && !follows(last, claim.firstSequence)) throw outOfOrder(claim, last + 1);
  return repeated;
};

const outOfOrder = (claim: Claim, expected: number): KafkaError =>
  new KafkaError(
    ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
    `sequence ${claim.firstSequence}, expected ${expected}`,
  );

export const remember = (
  entry: ProducerEntry | undefined,
  epoch: number,
  batch: Appended,
): ProducerEntry => ({
  epoch,
  batches: [...(entry?.epoch === epoch ? entry.batches : []), batch].slice(-REMEMBERED),
});
