// ElectLeaders, versions 0–2: elects leaders; the only replica of a partition is its leader already.
// Left out: elections and the timeout.
// From: KIP-183 (preferred), KIP-460 (unclean).
import { api } from '../wire/api.js';
import { array, arrayOf, int16, int32, int8, string } from '../wire/types.js';

export const electLeaders = api({
  key: 43,
  name: 'ElectLeaders',
  versions: [0, 2],
  flexible: 2,
  request: {
    electionType: int8.since(1),
    topicPartitions: arrayOf({
      topic: string,
      partitions: array(int32),
    }).nullable(),
    timeoutMs: int32.default(60000),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16.since(1),
    replicaElectionResults: arrayOf({
      topic: string,
      partitionResult: arrayOf({
        partitionId: int32,
        errorCode: int16,
        errorMessage: string.nullable(),
      }),
    }),
  },
});
