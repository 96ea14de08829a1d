// DescribeCluster, versions 0–2: this broker, which is the whole cluster.
// Left out: controllers as an endpoint (KIP-919), fenced brokers (KIP-1073).
// From: KIP-700, KIP-430 (authorized operations).
import { api } from '../wire/api.js';
import { arrayOf, bool, int16, int32, int8, string } from '../wire/types.js';

export const describeCluster = api({
  key: 60,
  name: 'DescribeCluster',
  versions: [0, 2],
  flexible: 0,
  request: {
    includeClusterAuthorizedOperations: bool,
    endpointType: int8.since(1).default(1),
    includeFencedBrokers: bool.since(2),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: string.nullable().default(null),
    endpointType: int8.since(1).default(1),
    clusterId: string,
    controllerId: int32.default(-1),
    brokers: arrayOf({
      brokerId: int32,
      host: string,
      port: int32,
      rack: string.nullable().default(null),
      isFenced: bool.since(2),
    }),
    clusterAuthorizedOperations: int32.default(-2147483648),
  },
});
