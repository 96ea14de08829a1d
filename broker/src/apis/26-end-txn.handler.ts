import { endTxn } from './26-end-txn.js';
import { coordinated } from './coordinated.js';
import type { Handler } from './handler.js';

export const answerEndTxn: Handler<typeof endTxn> = (request, context) => {
  const { transactionalId, producerId, producerEpoch: epoch, committed } = request;
  const version = context.version >= 5 ? 2 : 0;
  const ending = { producer: { producerId, epoch }, committed, version };
  const next = coordinated(context, () => context.broker.transactions.end(transactionalId, ending));
  if (!('epoch' in next)) return { errorCode: next.error };
  return { errorCode: next.error, producerId: next.producerId, producerEpoch: next.epoch };
};
