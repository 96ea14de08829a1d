import { describeTransactions } from './65-describe-transactions.js';
import type { Place } from '../transactions/transaction.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Handler } from './handler.js';

export const answerDescribeTransactions: Handler<typeof describeTransactions> = (
  { transactionalIds },
  { broker: { transactions } },
) => ({
  transactionStates: transactionalIds.map((transactionalId) => {
    if (transactionalId === '') return { transactionalId, errorCode: ErrorCode.INVALID_REQUEST };
    const transaction = transactions.get(transactionalId);
    if (!transaction) return { transactionalId, errorCode: ErrorCode.TRANSACTIONAL_ID_NOT_FOUND };
    return {
      transactionalId,
      transactionState: transaction.state,
      transactionTimeoutMs: transaction.timeoutMs,
      transactionStartTimeMs: transaction.startedAt,
      producerId: transaction.producerId,
      producerEpoch: transaction.epoch,
      topics: byTopic(transaction.partitions),
    };
  }),
});

const byTopic = (places: readonly Place[]) =>
  [...new Set(places.map(([topic]) => topic))].map((topic) => ({
    topic,
    partitions: places.filter(([name]) => name === topic).map(([, partition]) => partition),
  }));
