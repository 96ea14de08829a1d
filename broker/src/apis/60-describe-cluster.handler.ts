import { describeCluster } from './60-describe-cluster.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Handler } from './handler.js';

const BROKERS = 1;

/** The cluster is this broker; it has no controller endpoints (KIP-919). */
export const answerDescribeCluster: Handler<typeof describeCluster> = ({ endpointType }, { broker }) => {
  const { clusterId, nodeId, address } = broker;
  if (endpointType !== BROKERS)
    return {
      errorCode: ErrorCode.INVALID_REQUEST,
      errorMessage: 'this is a broker, not a controller',
      endpointType,
      clusterId,
    };
  return { clusterId, controllerId: nodeId, brokers: [{ brokerId: nodeId, ...address }] };
};
