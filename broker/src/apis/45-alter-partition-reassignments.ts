// AlterPartitionReassignments, versions 0–1: checks assignments; this broker is the only replica there can be.
// Left out: moving, changing the number of replicas (KIP-860), the timeout.
// From: KIP-455.
import { api } from '../wire/api.js';
import { array, arrayOf, bool, int16, int32, string } from '../wire/types.js';

export const alterPartitionReassignments = api({
  key: 45,
  name: 'AlterPartitionReassignments',
  versions: [0, 1],
  flexible: 0,
  request: {
    timeoutMs: int32.default(60000),
    allowReplicationFactorChange: bool.since(1).default(true),
    topics: arrayOf({
      name: string,
      partitions: arrayOf({
        partitionIndex: int32,
        replicas: array(int32).nullable().default(null),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32,
    allowReplicationFactorChange: bool.since(1).default(true),
    errorCode: int16,
    errorMessage: string.nullable(),
    responses: arrayOf({
      name: string,
      partitions: arrayOf({
        partitionIndex: int32,
        errorCode: int16,
        errorMessage: string.nullable(),
      }),
    }),
  },
});
