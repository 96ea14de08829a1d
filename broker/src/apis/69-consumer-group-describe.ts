// ConsumerGroupDescribe, versions 0–1: the state of groups to which the broker assigns the partitions.
// Left out: nothing.
// From: KIP-848, KIP-430 (authorized operations), KIP-1099 (the type of a member).
import { api } from '../wire/api.js';
import { array, arrayOf, bool, int16, int32, int8, string, struct, uuid } from '../wire/types.js';

const assignment = struct({
  topicPartitions: arrayOf({
    topicId: uuid,
    topicName: string,
    partitions: array(int32),
  }),
});

export const consumerGroupDescribe = api({
  key: 69,
  name: 'ConsumerGroupDescribe',
  versions: [0, 1],
  flexible: 0,
  request: {
    groupIds: array(string),
    includeAuthorizedOperations: bool,
  },
  response: {
    throttleTimeMs: int32,
    groups: arrayOf({
      errorCode: int16,
      errorMessage: string.nullable().default(null),
      groupId: string,
      groupState: string,
      groupEpoch: int32,
      assignmentEpoch: int32,
      assignorName: string,
      members: arrayOf({
        memberId: string,
        instanceId: string.nullable().default(null),
        rackId: string.nullable().default(null),
        memberEpoch: int32,
        clientId: string,
        clientHost: string,
        subscribedTopicNames: array(string),
        subscribedTopicRegex: string.nullable().default(null),
        assignment,
        targetAssignment: assignment,
        memberType: int8.since(1).default(-1),
      }),
      authorizedOperations: int32.default(-2147483648),
    }),
  },
});
