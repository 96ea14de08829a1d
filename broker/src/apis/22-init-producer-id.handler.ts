import { initProducerId } from './22-init-producer-id.js';
import { ErrorCode } from '../wire/error-code.js';
import { attempt, type Handler } from './handler.js';

const NO_PRODUCER = { producerId: -1, producerEpoch: -1 };

/** An idempotent producer always gets a new id; without transactions, there is no state to take over. */
export const answerInitProducerId: Handler<typeof initProducerId> = ({ transactionalId }, context) => {
  if (transactionalId !== null) return { errorCode: ErrorCode.UNSUPPORTED_VERSION, ...NO_PRODUCER };
  return attempt(
    context,
    () => ({ producerId: context.broker.producerIds.allocate(), producerEpoch: 0 }),
    ({ errorCode }) => ({ errorCode, ...NO_PRODUCER }),
  );
};
