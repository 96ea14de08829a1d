import { describeCluster } from './60-describe-cluster.js';
import { ErrorCode } from '../wire/error-code.js';
import { authorizedOperations } from './authorized-operations.js';
import type { Handler } from './handler.js';

const [BROKERS, CONTROLLERS] = [1, 2];

/** The cluster is this broker; it has no controller endpoints (KIP-919). */
export const answerDescribeCluster: Handler<typeof describeCluster> = (request, { broker }) => {
  const { clusterId, nodeId, address } = broker;
  if (request.endpointType !== BROKERS) return mismatch(request.endpointType);
  return {
    clusterId,
    controllerId: nodeId,
    brokers: [{ brokerId: nodeId, ...address }],
    ...(request.includeClusterAuthorizedOperations && {
      clusterAuthorizedOperations: authorizedOperations.cluster,
    }),
  };
};

const mismatch = (type: number) =>
  type === CONTROLLERS
    ? {
        errorCode: ErrorCode.MISMATCHED_ENDPOINT_TYPE,
        errorMessage:
          'The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type CONTROLLER',
      }
    : { errorCode: ErrorCode.UNSUPPORTED_ENDPOINT_TYPE, errorMessage: `Unsupported endpoint type ${type}` };
