// ConsumerGroupHeartbeat, versions 0–1: a member of a group to which the broker assigns the partitions.
// Left out: the delay of a second before a new assignment (group.consumer.assignment.interval.ms): it is made at once.
// From: KIP-848, KIP-1082 (the client makes up the id of a member).
import { api } from '../wire/api.js';
import { array, arrayOf, int16, int32, string, struct, uuid } from '../wire/types.js';

export const consumerGroupHeartbeat = api({
  key: 68,
  name: 'ConsumerGroupHeartbeat',
  versions: [0, 1],
  flexible: 0,
  request: {
    groupId: string,
    memberId: string,
    memberEpoch: int32,
    instanceId: string.nullable().default(null),
    rackId: string.nullable().default(null),
    rebalanceTimeoutMs: int32.default(-1),
    subscribedTopicNames: array(string).nullable().default(null),
    subscribedTopicRegex: string.since(1).nullable(1).default(null),
    serverAssignor: string.nullable().default(null),
    topicPartitions: arrayOf({
      topicId: uuid,
      partitions: array(int32),
    })
      .nullable()
      .default(null),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: string.nullable().default(null),
    memberId: string.nullable().default(null),
    memberEpoch: int32,
    heartbeatIntervalMs: int32,
    assignment: struct({
      topicPartitions: arrayOf({
        topicId: uuid,
        partitions: array(int32),
      }),
    })
      .nullable()
      .default(null),
  },
});
