import { initProducerId } from './22-init-producer-id.js';
import type { Producer } from '../transactions/transaction.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { coordinated } from './coordinated.js';
import type { Handler } from './handler.js';

/** Clients know the error PRODUCER_FENCED in this API since version 4 (KIP-588). */
const FENCED_SINCE = 4;

type Request = RequestOf<typeof initProducerId>;
type Answer = Producer & { readonly error: ErrorCode };

/** A producer without a transactional id always gets a new id. */
export const answerInitProducerId: Handler<typeof initProducerId> = (request, context) => {
  const { transactions, producerIds } = context.broker;
  const { transactionalId: id, transactionTimeoutMs: timeoutMs, producerId, producerEpoch: epoch } = request;
  if (isHalf(request)) return { errorCode: ErrorCode.INVALID_REQUEST, ...NO_PRODUCER };
  const expected = producerId < 0 ? undefined : { producerId, epoch };
  const allocated = (): Answer => ({ error: ErrorCode.NONE, producerId: producerIds.allocate(), epoch: 0 });
  const answer = (): Answer => (id === null ? allocated() : transactions.init(id, { timeoutMs, expected }));
  const result = coordinated(context, answer, FENCED_SINCE);
  if (!('epoch' in result)) return { errorCode: result.error, ...NO_PRODUCER };
  return { errorCode: result.error, producerId: result.producerId, producerEpoch: result.epoch };
};

const NO_PRODUCER = { producerId: -1, producerEpoch: -1 };

/** An id makes sense only with an epoch. */
const isHalf = ({ producerId, producerEpoch }: Request): boolean =>
  (producerId === -1) !== (producerEpoch === -1);
