import { runInNewContext } from 'node:vm';
import { listTransactions } from './66-list-transactions.js';
import { TRANSACTION_STATES } from '../transactions/transaction.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Handler } from './handler.js';

/** A pattern that takes longer than this, over all ids, is refused. */
const PATTERN_TIMEOUT_MS = 100;

export const answerListTransactions: Handler<typeof listTransactions> = (request, { broker }) => {
  const { stateFilters, producerIdFilters, durationFilter, transactionalIdPattern: pattern } = request;
  const unknownStateFilters = stateFilters.filter((state) => !TRANSACTION_STATES.includes(state));
  const states = stateFilters.filter((state) => TRANSACTION_STATES.includes(state));
  if (stateFilters.length > 0 && states.length === 0) return { unknownStateFilters };
  const startedBefore = durationFilter < 0 ? Infinity : broker.now() - durationFilter;
  const all = broker.transactions.all();
  const matching = pattern
    ? matches(
        pattern,
        all.map(([id]) => id),
      )
    : undefined;
  if (matching === 'invalid') return { errorCode: ErrorCode.INVALID_REGULAR_EXPRESSION, unknownStateFilters };
  const transactionStates = all
    .filter(
      ([id, { state, producerId, startedAt }]) =>
        (states.length === 0 || states.includes(state)) &&
        (producerIdFilters.length === 0 || producerIdFilters.includes(producerId)) &&
        startedAt < startedBefore &&
        (!matching || matching.has(id)),
    )
    .map(([transactionalId, { producerId, state: transactionState }]) => ({
      transactionalId,
      producerId,
      transactionState,
    }));
  return { unknownStateFilters, transactionStates };
};

/** The ids that match as a whole. A pattern may backtrack for very long, so it runs with a timeout. */
const matches = (pattern: string, ids: readonly string[]): Set<string> | 'invalid' => {
  try {
    const find = 'ids.filter((id) => new RegExp(`^(?:${pattern})$`, "u").test(id))';
    return new Set(runInNewContext(find, { pattern, ids }, { timeout: PATTERN_TIMEOUT_MS }) as string[]);
  } catch {
    return 'invalid';
  }
};
