import { addOffsetsToTxn } from './25-add-offsets-to-txn.js';
import { offsetsPartitionOf } from '../transactions/offsets-partition.js';
import { coordinated } from './coordinated.js';
import type { Handler } from './handler.js';

export const answerAddOffsetsToTxn: Handler<typeof addOffsetsToTxn> = (request, context) => {
  const { transactionalId, producerId, producerEpoch: epoch, groupId } = request;
  const add = { producer: { producerId, epoch }, partitions: [offsetsPartitionOf(groupId)], version: 0 };
  const { error } = coordinated(context, () => ({
    error: context.broker.transactions.add(transactionalId, add),
  }));
  return { errorCode: error };
};
