import { randomBytes } from 'node:crypto';
import { consumerGroupHeartbeat } from './68-consumer-group-heartbeat.js';
import { AWAY, JOINING, LEAVING } from '../groups/consumer/consumer-group.js';
import type { Heartbeat } from '../groups/consumer/heartbeat.js';
import { byTopic, keysOf } from '../groups/consumer/partition-key.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { attempt, type Context, type Handler } from './handler.js';

type Request = RequestOf<typeof consumerGroupHeartbeat>;

export const answerConsumerGroupHeartbeat: Handler<typeof consumerGroupHeartbeat> = (request, context) =>
  attempt(
    context,
    () => {
      check(request, context);
      const answer = context.broker.consumerGroups.heartbeat(heartbeatOf(request, context));
      const isLeaving = request.memberEpoch < JOINING;
      const interval = context.broker.groupValues.number(request.groupId, 'consumer.heartbeat.interval.ms');
      return {
        memberId: answer.memberId,
        memberEpoch: answer.memberEpoch,
        heartbeatIntervalMs: isLeaving ? 0 : interval,
        assignment: answer.assignment && { topicPartitions: byTopic(answer.assignment) },
      };
    },
    (failure) => failure,
  );

/** The checks that need no group, in the order of Kafka's GroupCoordinatorService. */
const check = (request: Request, { broker, version }: Context): void => {
  const { memberId, memberEpoch, groupId, instanceId, rackId, serverAssignor } = request;
  const refuse = (why: string): never => {
    throw new KafkaError(ErrorCode.INVALID_REQUEST, why);
  };
  if ((version >= 1 || memberEpoch > 0 || memberEpoch === LEAVING) && memberId.trim() === '')
    refuse("MemberId can't be empty.");
  if (groupId.trim() === '') refuse("GroupId can't be empty.");
  if (instanceId?.trim() === '') refuse("InstanceId can't be empty.");
  if (rackId?.trim() === '') refuse("RackId can't be empty.");
  if (memberEpoch === JOINING) checkJoining(request, refuse);
  if (memberEpoch === AWAY && instanceId === null) refuse("InstanceId can't be null.");
  if (memberEpoch < AWAY) refuse('MemberEpoch is invalid.');
  const { assignors } = broker.groupValues;
  if (serverAssignor !== null && !assignors.includes(serverAssignor))
    throw new KafkaError(
      ErrorCode.UNSUPPORTED_ASSIGNOR,
      `ServerAssignor ${serverAssignor} is not supported. Supported assignors: ${assignors.join(', ')}.`,
    );
};

const checkJoining = (request: Request, refuse: (why: string) => never): void => {
  if (request.rebalanceTimeoutMs === -1) refuse('RebalanceTimeoutMs must be provided in first request.');
  if (request.topicPartitions === null || request.topicPartitions.length > 0)
    refuse('TopicPartitions must be empty when (re-)joining.');
  if (request.subscribedTopicNames === null && request.subscribedTopicRegex === null)
    refuse('Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.');
};

/** A client of version 0 gets its member id from the broker. */
const heartbeatOf = (request: Request, { clientId, host }: Context): Heartbeat => ({
  groupId: request.groupId,
  memberId: request.memberId || randomBytes(16).toString('base64url'),
  memberEpoch: request.memberEpoch,
  instanceId: request.instanceId,
  rackId: request.rackId,
  rebalanceTimeoutMs: request.rebalanceTimeoutMs === -1 ? null : request.rebalanceTimeoutMs,
  topicNames: request.subscribedTopicNames,
  topicRegex: request.subscribedTopicRegex,
  serverAssignor: request.serverAssignor,
  owned: request.topicPartitions && keysOf(request.topicPartitions),
  classic: null,
  clientId,
  clientHost: `/${host}`,
});
