import { initProducerId } from '../apis/22-init-producer-id.js';
import { ErrorCode } from '../wire/error-code.js';
import { attempt, type Handler } from './handler.js';

const NOBODY = { producerId: -1, producerEpoch: -1 };

/** An idempotent producer always gets a new id; without a transaction there is nothing to take over. */
export const answerInitProducerId: Handler<typeof initProducerId> = ({ transactionalId }, context) => {
  if (transactionalId !== null) return { errorCode: ErrorCode.UNSUPPORTED_VERSION, ...NOBODY };
  return attempt(
    context,
    () => ({ producerId: context.broker.producerIds.allocate(), producerEpoch: 0 }),
    ({ errorCode }) => ({ errorCode, ...NOBODY }),
  );
};
