import { addPartitionsToTxn } from './24-add-partitions-to-txn.js';
import type { Place } from '../transactions/transaction.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { coordinated } from './coordinated.js';
import type { Context, Handler } from './handler.js';

type Transaction = RequestOf<typeof addPartitionsToTxn>['transactions'][number];
type Errors = (place: Place) => ErrorCode;

/** The partitions of a transaction are added together or not at all. */
export const answerAddPartitionsToTxn: Handler<typeof addPartitionsToTxn> = (request, context) => {
  if (context.version >= 4)
    return {
      resultsByTransaction: request.transactions.map((transaction) => ({
        transactionalId: transaction.transactionalId,
        topicResults: results(transaction, context),
      })),
    };
  const transaction: Transaction = {
    transactionalId: request.v3AndBelowTransactionalId,
    producerId: request.v3AndBelowProducerId,
    producerEpoch: request.v3AndBelowProducerEpoch,
    verifyOnly: false,
    topics: request.v3AndBelowTopics,
  };
  return { resultsByTopicV3AndBelow: results(transaction, context) };
};

const results = (transaction: Transaction, context: Context) => {
  const errorOf = transaction.verifyOnly ? verified(transaction, context) : added(transaction, context);
  return transaction.topics.map(({ name, partitions }) => ({
    name,
    resultsByPartition: partitions.map((partitionIndex) => ({
      partitionIndex,
      partitionErrorCode: errorOf([name, partitionIndex]),
    })),
  }));
};

const added = (transaction: Transaction, context: Context): Errors => {
  const { transactions, topics } = context.broker;
  const partitions = transaction.topics.flatMap(({ name, partitions: indexes }) =>
    indexes.map((index): Place => [name, index]),
  );
  const isUnknown = ([name, index]: Place): boolean => !topics.get(name)?.partitions[index];
  if (partitions.some(isUnknown))
    return (place) =>
      isUnknown(place) ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.OPERATION_NOT_ATTEMPTED;
  const producer = producerOf(transaction);
  const version = context.version >= 5 ? 2 : 0;
  const { error } = coordinated(context, () => ({
    error: transactions.add(transaction.transactionalId, { producer, partitions, version }),
  }));
  return () => error;
};

const verified = (transaction: Transaction, { broker: { transactions } }: Context): Errors => {
  const { transactionalId } = transaction;
  return (place) => transactions.verify(transactionalId, producerOf(transaction), place);
};

const producerOf = ({ producerId, producerEpoch: epoch }: Transaction) => ({ producerId, epoch });
