// OffsetCommit, versions 2–10: stores the offsets of a group.
// Left out: expiry (the retention time is ignored, offsets stay until the group or the topic is deleted).
// From: the protocol guide, KIP-320 (epochs), KIP-345 (static members), KIP-516 (topic ids), KIP-848 (member epochs).
import { api } from '../wire/api.js';
import { arrayOf, int16, int32, int64, string, uuid } from '../wire/types.js';

export const offsetCommit = api({
  key: 8,
  name: 'OffsetCommit',
  versions: [2, 10],
  flexible: 8,
  request: {
    groupId: string,
    generationIdOrMemberEpoch: int32.default(-1),
    memberId: string,
    groupInstanceId: string.since(7).nullable().default(null),
    retentionTimeMs: int64.until(4).default(-1),
    topics: arrayOf({
      name: string.until(9),
      topicId: uuid.since(10),
      partitions: arrayOf({
        partitionIndex: int32,
        committedOffset: int64,
        committedLeaderEpoch: int32.since(6).default(-1),
        committedMetadata: string.nullable(),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32.since(3),
    topics: arrayOf({
      name: string.until(9),
      topicId: uuid.since(10),
      partitions: arrayOf({
        partitionIndex: int32,
        errorCode: int16,
      }),
    }),
  },
});
