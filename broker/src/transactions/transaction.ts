/** The states of a transaction, as Kafka names them. Dead is one whose id has expired. */
export type TransactionState =
  | 'Empty'
  | 'Ongoing'
  | 'PrepareCommit'
  | 'PrepareAbort'
  | 'CompleteCommit'
  | 'CompleteAbort'
  | 'Dead'
  | 'PrepareEpochFence';

export const TRANSACTION_STATES: readonly string[] = [
  'Empty',
  'Ongoing',
  'PrepareCommit',
  'PrepareAbort',
  'CompleteCommit',
  'CompleteAbort',
  'Dead',
  'PrepareEpochFence',
] satisfies TransactionState[];

/** One instance of a producer: a later one with the same transactional id has a higher epoch. */
export interface Producer {
  readonly producerId: number;
  readonly epoch: number;
}

/** A topic and a partition of it. */
export type Place = [topic: string, partition: number];

/** What the coordinator knows of a transactional id, as it is stored. */
export type Transaction = {
  state: TransactionState;
  producerId: number;
  /** The producer id of the previous state. */
  previousProducerId: number;
  /** The producer id for the next transaction, if the epochs of this one are used up; otherwise -1. */
  nextProducerId: number;
  epoch: number;
  /** The epoch before the last increment, by which a repeated request is recognized (KIP-360); -1 if none. */
  lastEpoch: number;
  timeoutMs: number;
  /** The partitions that take part. A group takes part with its partition of `__consumer_offsets`. */
  partitions: Place[];
  /** -1 before the first transaction. */
  startedAt: number;
  updatedAt: number;
  /** The client's transaction.version: 2 increments the epoch with every transaction (KIP-890). */
  version: number;
};

/** Kafka's transactional.id.expiration.ms. */
const EXPIRES_MS = 604_800_000;
/** The highest epoch of a client; the one after it remains for fencing. */
const LAST_EPOCH = 0x7ffe;

export const isExhausted = (epoch: number): boolean => epoch >= LAST_EPOCH;

export const isPrepared = ({ state }: Transaction): boolean =>
  state === 'PrepareCommit' || state === 'PrepareAbort';

/** Whether the transaction has been open for longer than its producer allows. */
export const isTimedOut = ({ state, startedAt, timeoutMs }: Transaction, now: number): boolean =>
  state === 'Ongoing' && startedAt + timeoutMs < now;

/** Whether the transactional id has not been used for so long that it is forgotten. */
export const isExpired = (transaction: Transaction, now: number): boolean =>
  transaction.state !== 'Ongoing' && !isPrepared(transaction) && transaction.updatedAt + EXPIRES_MS <= now;

export const includes = ({ partitions }: Transaction, [topic, partition]: Place): boolean =>
  partitions.some(([name, index]) => name === topic && index === partition);
