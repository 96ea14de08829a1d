// ListOffsets, versions 1–11: where a partition begins and ends, and the first record at or after a time.
// Left out: tiered storage, so that the local start (KIP-405) is the start, and the tiered times (KIP-1005, KIP-1023)
// find nothing; the timeout (KIP-1075).
// From: KIP-79, KIP-98 (isolation levels), KIP-320 (epochs), KIP-734 (the newest record).
import { api } from '../wire/api.js';
import { arrayOf, int16, int32, int64, int8, string } from '../wire/types.js';

export const listOffsets = api({
  key: 2,
  name: 'ListOffsets',
  versions: [1, 11],
  flexible: 6,
  request: {
    replicaId: int32,
    isolationLevel: int8.since(2),
    topics: arrayOf({
      name: string,
      partitions: arrayOf({
        partitionIndex: int32,
        currentLeaderEpoch: int32.since(4).default(-1),
        timestamp: int64,
      }),
    }),
    timeoutMs: int32.since(10),
  },
  response: {
    throttleTimeMs: int32.since(2),
    topics: arrayOf({
      name: string,
      partitions: arrayOf({
        partitionIndex: int32,
        errorCode: int16,
        timestamp: int64.default(-1),
        offset: int64.default(-1),
        leaderEpoch: int32.since(4).default(-1),
      }),
    }),
  },
});
