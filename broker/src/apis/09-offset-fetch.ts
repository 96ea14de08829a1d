// OffsetFetch, versions 1–10: what groups have committed, for some topics or for all.
// Left out: nothing.
// From: KIP-88 (all topics), KIP-320 (epochs), KIP-447 (stable offsets), KIP-709 (several groups), KIP-516 (topic ids),
// KIP-848 (member epochs).
import { api } from '../wire/api.js';
import { array, arrayOf, bool, int16, int32, int64, string, uuid } from '../wire/types.js';

export const offsetFetch = api({
  key: 9,
  name: 'OffsetFetch',
  versions: [1, 10],
  flexible: 6,
  request: {
    groupId: string.until(7),
    topics: arrayOf({
      name: string,
      partitionIndexes: array(int32),
    })
      .until(7)
      .nullable(2),
    groups: arrayOf({
      groupId: string,
      memberId: string.since(9).nullable().default(null),
      memberEpoch: int32.since(9).default(-1),
      topics: arrayOf({
        name: string.until(9),
        topicId: uuid.since(10),
        partitionIndexes: array(int32),
      }).nullable(),
    }).since(8),
    requireStable: bool.since(7),
  },
  response: {
    throttleTimeMs: int32.since(3),
    topics: arrayOf({
      name: string,
      partitions: arrayOf({
        partitionIndex: int32,
        committedOffset: int64,
        committedLeaderEpoch: int32.since(5).default(-1),
        metadata: string.nullable(),
        errorCode: int16,
      }),
    }).until(7),
    errorCode: int16.since(2).until(7),
    groups: arrayOf({
      groupId: string,
      topics: arrayOf({
        name: string.until(9),
        topicId: uuid.since(10),
        partitions: arrayOf({
          partitionIndex: int32,
          committedOffset: int64,
          committedLeaderEpoch: int32.default(-1),
          metadata: string.nullable(),
          errorCode: int16,
        }),
      }),
      errorCode: int16,
    }).since(8),
  },
});
