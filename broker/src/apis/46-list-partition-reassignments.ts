// ListPartitionReassignments, version 0: the reassignments that are in progress, of which there are none.
// Left out: nothing, as every reassignment is complete at once.
// From: KIP-455.
import { api } from '../wire/api.js';
import { array, arrayOf, int16, int32, string } from '../wire/types.js';

export const listPartitionReassignments = api({
  key: 46,
  name: 'ListPartitionReassignments',
  versions: [0, 0],
  flexible: 0,
  request: {
    timeoutMs: int32.default(60000),
    topics: arrayOf({
      name: string,
      partitionIndexes: array(int32),
    })
      .nullable()
      .default(null),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: string.nullable(),
    topics: arrayOf({
      name: string,
      partitions: arrayOf({
        partitionIndex: int32,
        replicas: array(int32),
        addingReplicas: array(int32),
        removingReplicas: array(int32),
      }),
    }),
  },
});
