import type { unregisterBroker } from './64-unregister-broker.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Handler } from './handler.js';

export const answerUnregisterBroker: Handler<typeof unregisterBroker> = ({ brokerId }, { broker }) =>
  brokerId === broker.nodeId
    ? {
        errorCode: ErrorCode.INVALID_REQUEST,
        errorMessage: `Broker ID ${brokerId} is the only broker of the cluster`,
      }
    : {
        errorCode: ErrorCode.BROKER_ID_NOT_REGISTERED,
        errorMessage: `Broker ID ${brokerId} is not currently registered`,
      };
