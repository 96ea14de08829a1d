import { consumerGroupDescribe } from './69-consumer-group-describe.js';
import type { Broker } from '../broker.js';
import { electAssignor } from '../groups/consumer/assignor.js';
import {
  stateOf,
  targetOf,
  type ConsumerGroup,
  type ConsumerMember,
} from '../groups/consumer/consumer-group.js';
import { byTopic, type PartitionKey } from '../groups/consumer/partition-key.js';
import type { ResponseOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { authorizedOperations } from './authorized-operations.js';
import type { Handler } from './handler.js';

type Answer = NonNullable<ResponseOf<typeof consumerGroupDescribe>['groups']>[number];

/** The types of members (KIP-1099). */
const MemberType = { classic: 0, consumer: 1 };

export const answerConsumerGroupDescribe: Handler<typeof consumerGroupDescribe> = (
  { groupIds, includeAuthorizedOperations },
  { broker },
) => {
  const { group } = authorizedOperations;
  const operations = includeAuthorizedOperations && { authorizedOperations: group };
  const described = groupIds.map((groupId) => describe(groupId, broker));
  return { groups: described.map((one) => (one.errorCode ? one : { ...one, ...operations })) };
};

const describe = (groupId: string, broker: Broker): Answer => {
  if (groupId === '') return { groupId, errorCode: ErrorCode.INVALID_GROUP_ID };
  const group = broker.consumerGroups.get(groupId);
  if (group) return { groupId, ...contentOf(group, broker) };
  const isClassic = broker.groups.get(groupId) !== undefined || broker.offsets.of(groupId).length > 0;
  const errorMessage = `Group ${groupId} ${isClassic ? 'is not a consumer group' : 'not found'}.`;
  return { groupId, errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage };
};

const contentOf = (group: ConsumerGroup, broker: Broker): Answer => ({
  groupState: stateOf(group),
  groupEpoch: group.epoch,
  assignmentEpoch: group.assignmentEpoch,
  assignorName: electAssignor(
    [...group.members.values()].map(({ serverAssignor }) => serverAssignor),
    broker.groupValues.assignors,
  ),
  members: [...group.members.values()].map((member) => memberOf(member, group, broker)),
});

const memberOf = (member: ConsumerMember, group: ConsumerGroup, broker: Broker) => ({
  memberId: member.id,
  instanceId: member.instanceId,
  rackId: member.rackId,
  memberEpoch: member.epoch,
  clientId: member.clientId,
  clientHost: member.clientHost,
  subscribedTopicNames: [...member.topicNames],
  subscribedTopicRegex: member.topicRegex,
  assignment: assignmentOf([...member.assigned, ...member.revoking], broker),
  targetAssignment: assignmentOf(targetOf(group, member.id), broker),
  memberType: member.classic ? MemberType.classic : MemberType.consumer,
});

/** Topics that have been deleted are left out: they no longer have a name. */
const assignmentOf = (keys: Iterable<PartitionKey>, { topics }: Broker) => ({
  topicPartitions: byTopic(keys).flatMap(({ topicId, partitions }) => {
    const topic = topics.withId(topicId);
    return topic ? [{ topicId, topicName: topic.name, partitions }] : [];
  }),
});
