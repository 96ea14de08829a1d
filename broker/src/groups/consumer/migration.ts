import { ErrorCode, KafkaError } from '../../wire/error-code.js';
import { Malformed } from '../../wire/malformed.js';
import { parseAssignment, parseSubscription, type TopicPartitions } from '../consumer-protocol.js';
import { chooseProtocol, emptyGroup, type Group, type Member } from '../group.js';
import { assignmentBytes } from './classic-member.js';
import { emptyConsumerGroup, targetOf, type ConsumerGroup, type ConsumerMember } from './consumer-group.js';
import { partitionKey, type PartitionKey } from './partition-key.js';
import type { Topics } from './subscription.js';

/**
 * The group of the consumer protocol that a classic group becomes when the first member of that protocol joins it
 * (KIP-848, group.consumer.migration.policy=bidirectional). Its members keep what they have, and rejoin one by one.
 */
export const upgraded = (id: string, group: Group, topics: Topics): ConsumerGroup => {
  if (group.protocolType !== 'consumer')
    throw refused(id, 'the group does not use the consumer embedded protocol');
  try {
    const members = [...group.members.values()].map((member) => modernMember(member, group, topics));
    return {
      ...emptyConsumerGroup,
      epoch: group.generation,
      assignmentEpoch: group.generation,
      members: new Map(members.map((member) => [member.id, member])),
      targets: new Map(members.map(({ id: memberId, assigned }) => [memberId, assigned])),
      sessions: new Map([...group.members.values()].map((member) => [member.id, member.expiresAt])),
    };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw refused(id, 'the embedded consumer protocol is malformed');
  }
};

const refused = (id: string, why: string): KafkaError =>
  new KafkaError(
    ErrorCode.GROUP_ID_NOT_FOUND,
    `Cannot upgrade classic group ${id} to consumer group because ${why}.`,
  );

const modernMember = (member: Member, group: Group, topics: Topics): ConsumerMember => {
  const chosen = group.protocol ?? member.protocols[0]!.name;
  const subscriptions = member.protocols.map(({ name, metadata }) => ({
    name,
    ...parseSubscription(metadata),
  }));
  const { topicNames } = subscriptions.find(({ name }) => name === chosen) ?? subscriptions[0]!;
  return {
    id: member.id,
    instanceId: member.instanceId,
    rackId: null,
    clientId: member.clientId,
    clientHost: member.clientHost,
    rebalanceTimeoutMs: member.rebalanceTimeoutMs,
    serverAssignor: null,
    topicNames: [...new Set(topicNames)].sort(),
    topicRegex: '',
    epoch: group.generation,
    previousEpoch: group.generation,
    state: 'stable',
    assigned: keysIn(parseAssignment(member.assignment), topics),
    revoking: new Set(),
    classic: { sessionTimeoutMs: member.sessionTimeoutMs, protocols: member.protocols },
    revokeBy: Infinity,
  };
};

const keysIn = (assignment: readonly TopicPartitions[], topics: Topics): Set<PartitionKey> =>
  new Set(
    assignment.flatMap(({ topic, partitions }) => {
      const id = topics.get(topic)?.id;
      return id === undefined ? [] : partitions.map((partition) => partitionKey(id, partition));
    }),
  );

/** Whether the last member of the consumer protocol has left, but classic members remain. */
export const isClassicAgain = ({ members }: ConsumerGroup): boolean =>
  members.size > 0 && [...members.values()].every(({ classic }) => classic !== null);

/** The classic group that is left when the last member of the consumer protocol leaves. All members must rejoin. */
export const downgraded = (
  group: ConsumerGroup,
  now: number,
  nameOf: (topicId: string) => string | undefined,
): Group => {
  const members = [...group.members.values()].map((member) => classicMember(member, group, nameOf));
  return {
    ...emptyGroup,
    phase: 'PreparingRebalance',
    generation: group.epoch,
    protocolType: 'consumer',
    protocol: chooseProtocol(members) ?? null,
    leader: members[0]!.id,
    members: new Map(
      members.map((member) => [member.id, { ...member, expiresAt: now + member.sessionTimeoutMs }]),
    ),
    deadline: now + Math.max(...members.map(({ rebalanceTimeoutMs }) => rebalanceTimeoutMs)),
  };
};

const classicMember = (
  member: ConsumerMember,
  group: ConsumerGroup,
  nameOf: (topicId: string) => string | undefined,
): Member => {
  const { protocols, sessionTimeoutMs } = member.classic!;
  const { version } = parseSubscription(protocols[0]!.metadata);
  return {
    id: member.id,
    instanceId: member.instanceId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    sessionTimeoutMs,
    rebalanceTimeoutMs: member.rebalanceTimeoutMs,
    protocols,
    assignment: assignmentBytes(targetOf(group, member.id), version, nameOf),
    expiresAt: 0,
    joining: null,
    syncing: null,
    synced: false,
  };
};
