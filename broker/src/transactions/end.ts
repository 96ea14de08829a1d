import { ErrorCode } from '../wire/error-code.js';
import type { End, Step } from './event.js';
import { isExhausted, type Producer, type Transaction } from './transaction.js';

const LAST_FENCING_EPOCH = 0x7fff;
/** The epoch after which a client gets a new producer id. */
const LAST_CLIENT_EPOCH = 0x7ffe;
const NONE_YET = -1;

/** The producer commits or aborts. Only since transaction.version 2 can a repeated request be told from the next one. */
export const end = (before: Transaction, event: End, now: number): Step =>
  event.version >= 2 ? endWithEpoch(before, event, now) : endWithinEpoch(before, event, now);

const refused = (transaction: Transaction, error: ErrorCode): Step => ({ transaction, error });

const preparedState = (committed: boolean) => (committed ? 'PrepareCommit' : 'PrepareAbort');
const completeState = (committed: boolean) => (committed ? 'CompleteCommit' : 'CompleteAbort');

/** Before transaction.version 2: the epoch stays, and ending a transaction twice is accepted. */
const endWithinEpoch = (before: Transaction, { producer, committed }: End, now: number): Step => {
  if (before.producerId !== producer.producerId)
    return refused(before, ErrorCode.INVALID_PRODUCER_ID_MAPPING);
  if (before.epoch !== producer.epoch) return refused(before, ErrorCode.PRODUCER_FENCED);
  if (before.state === 'Ongoing') {
    const state = preparedState(committed);
    const previousProducerId = before.producerId;
    const transaction: Transaction = { ...before, state, previousProducerId, updatedAt: now, version: 0 };
    return { transaction, error: ErrorCode.NONE };
  }
  if (before.state === completeState(committed)) return refused(before, ErrorCode.NONE);
  if (before.state === preparedState(committed)) return refused(before, ErrorCode.CONCURRENT_TRANSACTIONS);
  return refused(before, ErrorCode.INVALID_TXN_STATE);
};

/** Since transaction.version 2 (KIP-890): the epoch is incremented, and an abort needs no open transaction. */
const endWithEpoch = (before: Transaction, event: End, now: number): Step => {
  const { producer, committed } = event;
  const isRepeated = hasEnded(before, producer);
  if (before.producerId !== producer.producerId && !isRepeated)
    return refused(before, ErrorCode.INVALID_PRODUCER_ID_MAPPING);
  if (!isRepeated && before.epoch !== producer.epoch) return refused(before, ErrorCode.PRODUCER_FENCED);
  switch (before.state) {
    case 'Ongoing':
      return isRepeated ? refused(before, ErrorCode.PRODUCER_FENCED) : prepared(before, event, now);
    case 'PrepareCommit':
    case 'PrepareAbort':
      if (!isRepeated) return refused(before, ErrorCode.PRODUCER_FENCED);
      return before.state === preparedState(committed)
        ? refused(before, ErrorCode.CONCURRENT_TRANSACTIONS)
        : refused(before, ErrorCode.INVALID_TXN_STATE);
    case 'CompleteCommit':
    case 'CompleteAbort':
      if (!isRepeated) return endEmpty(before, event, now);
      return before.state === completeState(committed)
        ? refused(before, ErrorCode.NONE)
        : refused(before, ErrorCode.INVALID_TXN_STATE);
    default:
      return isRepeated ? refused(before, ErrorCode.PRODUCER_FENCED) : endEmpty(before, event, now);
  }
};

/** Whether the producer's transaction has ended already, with an answer that it may have missed. */
const hasEnded = (before: Transaction, { producerId, epoch }: Producer): boolean =>
  (before.producerId === producerId && before.epoch === epoch + 1) ||
  (before.previousProducerId === producerId && epoch === LAST_CLIENT_EPOCH && before.epoch === 0);

/** No partition was added: there is nothing to commit, and an abort only increments the epoch. */
const endEmpty = (before: Transaction, event: End, now: number): Step =>
  event.committed
    ? refused(before, ErrorCode.INVALID_TXN_STATE)
    : prepared({ ...before, startedAt: now }, event, now);

const prepared = (before: Transaction, { committed, newProducerId }: End, now: number): Step => {
  const transaction: Transaction = {
    ...before,
    ...nextEpoch(before, newProducerId),
    state: preparedState(committed),
    previousProducerId: before.producerId,
    updatedAt: now,
    version: 2,
  };
  return { transaction, error: ErrorCode.NONE };
};

const nextEpoch = ({ epoch }: Transaction, newProducerId: number) => ({
  epoch: Math.min(epoch + 1, LAST_FENCING_EPOCH),
  lastEpoch: epoch,
  nextProducerId: isExhausted(epoch) ? newProducerId : NONE_YET,
});

/** Aborts an open transaction with an epoch that its producer does not have. */
export const fence = (before: Transaction, newProducerId: number, now: number): Transaction => {
  if (before.state !== 'Ongoing') return before;
  const { epoch } = before;
  return {
    ...before,
    ...(before.version >= 2
      ? nextEpoch(before, newProducerId)
      : { epoch: Math.min(epoch + 1, LAST_FENCING_EPOCH), lastEpoch: NONE_YET }),
    state: 'PrepareAbort',
    previousProducerId: before.producerId,
    updatedAt: now,
  };
};
