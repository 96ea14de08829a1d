import type { ErrorCode } from '../wire/error-code.js';
import type { Place, Producer, Transaction } from './transaction.js';

/** A producer begins with a transactional id. */
export interface Init {
  readonly kind: 'init';
  readonly timeoutMs: number;
  /** The producer that continues after an error (KIP-360); undefined for one that has just started. */
  readonly expected?: Producer | undefined;
  /** The id to use if one is needed. */
  readonly newProducerId: number;
}

/** Partitions, or groups, become part of the transaction; the first begins it. */
export interface Add {
  readonly kind: 'add';
  readonly producer: Producer;
  readonly partitions: readonly Place[];
  readonly version: number;
}

/** The producer commits or aborts. */
export interface End {
  readonly kind: 'end';
  readonly producer: Producer;
  readonly committed: boolean;
  readonly version: number;
  readonly newProducerId: number;
}

/** The transaction has timed out: it is aborted, and its producer is fenced. */
export interface Fence {
  readonly kind: 'fence';
  readonly newProducerId: number;
}

/** The markers of a prepared transaction are written. */
export interface Completed {
  readonly kind: 'completed';
}

export type Event = Init | Add | End | Fence | Completed;

export interface Step {
  /** The next state; undefined if the transactional id is unknown. */
  readonly transaction: Transaction | undefined;
  readonly error: ErrorCode;
}
