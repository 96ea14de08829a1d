import { ErrorCode } from '../wire/error-code.js';
import { end, fence } from './end.js';
import type { Add, Event, Init, Step } from './event.js';
import { isExhausted, isPrepared, type Place, type Transaction } from './transaction.js';

/**
 * The transaction protocol as a pure function: the next state of a transactional id after an event, and the answer to
 * the client. A prepared transaction is completed as soon as its markers are written. KIP-98, KIP-360, KIP-890.
 */
export const step = (before: Transaction | undefined, event: Event, now: number): Step => {
  if (event.kind === 'init') return init(before ?? created(event, now), event, now);
  if (!before) return { transaction: undefined, error: ErrorCode.INVALID_PRODUCER_ID_MAPPING };
  switch (event.kind) {
    case 'add':
      return add(before, event, now);
    case 'end':
      return end(before, event, now);
    case 'fence':
      return { transaction: fence(before, event.newProducerId, now), error: ErrorCode.NONE };
    case 'completed':
      return { transaction: completed(before, now), error: ErrorCode.NONE };
  }
};

const NONE_YET = -1;

const created = ({ newProducerId, timeoutMs }: Init, now: number): Transaction => ({
  state: 'Empty',
  producerId: newProducerId,
  previousProducerId: NONE_YET,
  nextProducerId: NONE_YET,
  epoch: NONE_YET,
  lastEpoch: NONE_YET,
  timeoutMs,
  partitions: [],
  startedAt: NONE_YET,
  updatedAt: now,
  version: 0,
});

/** A producer begins. It fences every earlier one; an open transaction of an earlier one is aborted first. */
const init = (before: Transaction, event: Init, now: number): Step => {
  if (event.expected && !mayBe(event.expected, before)) return refused(before, ErrorCode.PRODUCER_FENCED);
  if (isPrepared(before)) return refused(before, ErrorCode.CONCURRENT_TRANSACTIONS);
  if (before.state === 'Ongoing')
    return {
      transaction: fence(before, event.newProducerId, now),
      error: ErrorCode.CONCURRENT_TRANSACTIONS,
    };
  const { expected } = event;
  const isRotated = isExhausted(before.epoch) && (!expected || expected.epoch === before.epoch);
  const next = isRotated ? rotated(before, event) : incremented(before, event);
  if (!next) return refused(before, ErrorCode.PRODUCER_FENCED);
  const { timeoutMs } = event;
  const idle = { state: 'Empty', partitions: [], startedAt: NONE_YET, updatedAt: now, timeoutMs } as const;
  const transaction = { ...before, ...next, ...idle, partitions: [], previousProducerId: before.producerId };
  return { transaction, error: ErrorCode.NONE };
};

const refused = (before: Transaction, error: ErrorCode): Step => ({ transaction: before, error });

/**
 * Whether a producer that continues may be the current one: its id matches, or it is the previous one whose epochs were
 * used up, and that has missed the answer with its new id. After an expiry, any producer may continue.
 */
const mayBe = (
  { producerId, epoch }: NonNullable<Init['expected']>,
  { epoch: current, ...before }: Transaction,
): boolean =>
  current === NONE_YET ||
  producerId === before.producerId ||
  (producerId === before.previousProducerId && isExhausted(epoch));

type Identity = Pick<Transaction, 'producerId' | 'epoch' | 'lastEpoch'>;

const rotated = ({ epoch }: Transaction, { newProducerId, expected }: Init): Identity => ({
  producerId: newProducerId,
  epoch: 0,
  lastEpoch: expected ? epoch : NONE_YET,
});

/** The next epoch, or the current one for a repeated request. Undefined if the producer was fenced. */
const incremented = (
  { producerId, epoch, lastEpoch }: Transaction,
  { expected }: Init,
): Identity | undefined => {
  if (!expected) return { producerId, epoch: epoch + 1, lastEpoch: NONE_YET };
  if (epoch === NONE_YET || expected.epoch === epoch)
    return { producerId, epoch: epoch + 1, lastEpoch: epoch };
  return expected.epoch === lastEpoch ? { producerId, epoch, lastEpoch } : undefined;
};

const add = (before: Transaction, { producer, partitions, version }: Add, now: number): Step => {
  if (before.producerId !== producer.producerId)
    return refused(before, ErrorCode.INVALID_PRODUCER_ID_MAPPING);
  if (before.epoch !== producer.epoch) return refused(before, ErrorCode.PRODUCER_FENCED);
  if (isPrepared(before)) return refused(before, ErrorCode.CONCURRENT_TRANSACTIONS);
  const isOngoing = before.state === 'Ongoing';
  const places = union(before.partitions, partitions);
  if (isOngoing && places.length === before.partitions.length) return refused(before, ErrorCode.NONE);
  const transaction: Transaction = {
    ...before,
    state: 'Ongoing',
    previousProducerId: before.producerId,
    partitions: places,
    startedAt: isOngoing ? before.startedAt : now,
    updatedAt: now,
    version,
  };
  return { transaction, error: ErrorCode.NONE };
};

const union = (before: readonly Place[], added: readonly Place[]): Place[] => [
  ...new Map([...before, ...added].map((place) => [place.join('/'), place])).values(),
];

/** All markers are written. A producer whose epochs are used up continues with its next id. */
const completed = (before: Transaction, now: number): Transaction => ({
  ...before,
  ...(before.nextProducerId !== NONE_YET && { producerId: before.nextProducerId, epoch: 0 }),
  state: before.state === 'PrepareCommit' ? 'CompleteCommit' : 'CompleteAbort',
  previousProducerId: before.producerId,
  nextProducerId: NONE_YET,
  partitions: [],
  updatedAt: now,
});
