// AlterReplicaLogDirs, versions 1–2: moves replicas to another directory; there is one, so they are there already.
// Left out: moving.
// From: KIP-113.
import { api } from '../wire/api.js';
import { array, arrayOf, int16, int32, string } from '../wire/types.js';

export const alterReplicaLogDirs = api({
  key: 34,
  name: 'AlterReplicaLogDirs',
  versions: [1, 2],
  flexible: 2,
  request: {
    dirs: arrayOf({
      path: string,
      topics: arrayOf({
        name: string,
        partitions: array(int32),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32,
    results: arrayOf({
      topicName: string,
      partitions: arrayOf({
        partitionIndex: int32,
        errorCode: int16,
      }),
    }),
  },
});
