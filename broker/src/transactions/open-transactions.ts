import type { CommittedOffset, OffsetStore } from '../groups/offset-store.js';
import { PendingOffsets } from '../groups/pending-offsets.js';
import type { StateStore } from '../storage/state-store.js';
import { TransactionCoordinator, type CoordinatorOptions } from './transaction-coordinator.js';
import type { Transaction } from './transaction.js';

type Options = Omit<CoordinatorOptions, 'pendingOffsets'> & { readonly offsets: OffsetStore };

/** The stored transactions; those that a crash left prepared are completed. */
export const openTransactions = (state: StateStore, { offsets, ...options }: Options) => {
  const pendingOffsets = new PendingOffsets(state.table<CommittedOffset>('pending-offsets'), offsets);
  const table = state.table<Transaction>('transactions');
  return { pendingOffsets, transactions: new TransactionCoordinator(table, { ...options, pendingOffsets }) };
};
