// OffsetForLeaderEpoch, versions 2–4: where the records of a leader epoch end.
// Left out: followers, whose replica id is ignored. The only epoch is 0, and ends at the end of the log.
// From: KIP-101, KIP-320 (requests from consumers).
import { api } from '../wire/api.js';
import { arrayOf, int16, int32, int64, string } from '../wire/types.js';

export const offsetForLeaderEpoch = api({
  key: 23,
  name: 'OffsetForLeaderEpoch',
  versions: [2, 4],
  flexible: 4,
  request: {
    replicaId: int32.since(3).default(-2),
    topics: arrayOf({
      topic: string,
      partitions: arrayOf({
        partition: int32,
        currentLeaderEpoch: int32.default(-1),
        leaderEpoch: int32,
      }),
    }),
  },
  response: {
    throttleTimeMs: int32,
    topics: arrayOf({
      topic: string,
      partitions: arrayOf({
        errorCode: int16,
        partition: int32,
        leaderEpoch: int32.default(-1),
        endOffset: int64.default(-1),
      }),
    }),
  },
});
