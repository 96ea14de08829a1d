import { ErrorCode } from '../wire/error-code.js';
import type { TransactionCoordinator } from './transaction-coordinator.js';
import type { Place, Producer } from './transaction.js';

/**
 * How a write becomes part of a transaction, by what its client understands (KIP-890): since transaction.version 2 it
 * adds its partition; before, the partition must have been added, or the write is refused, in the newer of these
 * versions with an error that says that the transaction can be aborted.
 */
export type Admission = 'add' | 'verifyAbortable' | 'verify';

interface Write {
  readonly transactionalId: string;
  readonly producer: Producer;
  readonly place: Place;
  /** All partitions of the request, which are added together. */
  readonly places: readonly Place[];
}

/** The error for a write to a partition in which its producer has no open transaction yet. */
export const admit = (
  transactions: TransactionCoordinator,
  { transactionalId, producer, place, places }: Write,
  admission: Admission,
): ErrorCode => {
  const error =
    admission === 'add'
      ? transactions.add(transactionalId, { producer, partitions: places, version: 2 })
      : transactions.verify(transactionalId, producer, place);
  return errors[admission][error] ?? error;
};

const { PRODUCER_FENCED, INVALID_PRODUCER_EPOCH, CONCURRENT_TRANSACTIONS, NOT_ENOUGH_REPLICAS } = ErrorCode;
const fenced = { [PRODUCER_FENCED]: INVALID_PRODUCER_EPOCH };
const older = { ...fenced, [CONCURRENT_TRANSACTIONS]: NOT_ENOUGH_REPLICAS };

/** Other errors than the coordinator's, for clients that expect those of a partition. */
const errors: Record<Admission, Partial<Record<ErrorCode, ErrorCode>>> = {
  add: fenced,
  verifyAbortable: older,
  verify: { ...older, [ErrorCode.TRANSACTION_ABORTABLE]: ErrorCode.INVALID_TXN_STATE },
};
