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

const byTopic = (places: readonly Place[]) => {
  const topics = new Map<string, number[]>(places.map(([topic]) => [topic, []]));
  for (const [topic, partition] of places) topics.get(topic)!.push(partition);
  return [...topics].map(([topic, partitions]) => ({ topic, partitions }));
};
