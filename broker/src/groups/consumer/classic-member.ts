import { Malformed } from '../../wire/malformed.js';
import { ErrorCode, KafkaError } from '../../wire/error-code.js';
import { parseSubscription, writeAssignment, type ConsumerSubscription } from '../consumer-protocol.js';
import type { Heartbeat as ClassicHeartbeat, Join, Sync, Synced } from '../event.js';
import { targetOf, type ConsumerGroup, type ConsumerMember } from './consumer-group.js';
import type { Heartbeat } from './heartbeat.js';
import { identified, type Identity } from './membership.js';
import { byTopic, partitionKey } from './partition-key.js';
import { isHeldByOthers } from './reconcile.js';
import type { Topics } from './subscription.js';

type WithoutTicket<E> = Omit<E, 'ticket' | 'kind'>;

/** The heartbeat that stands for a JoinGroup of a classic member in a group of the consumer protocol (KIP-848). */
export const heartbeatOfJoin = (
  { groupId, memberId, ...join }: WithoutTicket<Join> & { groupId: string },
  topics: Topics,
): Heartbeat => {
  const { topicNames, owned } = subscriptionOf(join.protocols[0]!.metadata);
  const keys = owned.flatMap(({ topic, partitions }) => {
    const id = topics.get(topic)?.id;
    return id === undefined ? [] : partitions.map((partition) => partitionKey(id, partition));
  });
  return {
    ...{ groupId, memberId, topicNames, owned: keys },
    memberEpoch: 0,
    instanceId: join.instanceId,
    rackId: null,
    rebalanceTimeoutMs: join.rebalanceTimeoutMs,
    topicRegex: '',
    serverAssignor: null,
    classic: { sessionTimeoutMs: join.sessionTimeoutMs, protocols: join.protocols },
    clientId: join.clientId,
    clientHost: join.clientHost,
  };
};

/** The subscription of a classic member; one that cannot be read is of a protocol that does not fit. */
const subscriptionOf = (metadata: Buffer): ConsumerSubscription => {
  try {
    return parseSubscription(metadata);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new KafkaError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, error.message);
  }
};

/** Whether a classic member has a protocol in common with the classic members of a group. */
export const fits = ({ members }: ConsumerGroup, join: Pick<Join, 'protocolType' | 'protocols'>): boolean =>
  join.protocolType === 'consumer' &&
  join.protocols.some(({ name }) =>
    [...members.values()].every(
      ({ classic }) => classic?.protocols.some((other) => other.name === name) ?? true,
    ),
  );

/** A classic member is told to rejoin when its target has changed, and when it can have more of it. */
const mustRejoin = (group: ConsumerGroup, member: ConsumerMember): boolean => {
  if (member.epoch < group.assignmentEpoch || member.state === 'unrevoked') return true;
  if (member.state === 'stable') return false;
  const missing = [...targetOf(group, member.id)].filter((key) => !member.assigned.has(key));
  return missing.some((key) => !isHeldByOthers(group, member, key));
};

/** Renews the session of a classic member; one that must rejoin has its rebalance timeout for it. */
export const classicHeartbeat = (
  group: ConsumerGroup,
  heartbeat: WithoutTicket<ClassicHeartbeat>,
  now: number,
): { group: ConsumerGroup; error: ErrorCode } => {
  const member = checked(group, heartbeat);
  if (typeof member === 'number') return { group, error: member };
  const sessions = new Map(group.sessions).set(member.id, now + member.classic!.sessionTimeoutMs);
  if (!mustRejoin(group, member)) return { group: { ...group, sessions }, error: ErrorCode.NONE };
  const revokeBy = Math.min(member.revokeBy, now + member.rebalanceTimeoutMs);
  const members = new Map(group.members).set(member.id, { ...member, revokeBy });
  return { group: { ...group, members, sessions }, error: ErrorCode.REBALANCE_IN_PROGRESS };
};

/** The assignment of a classic member, in the form in which a leader of the group would have sent it. */
export const classicAssignment = (
  group: ConsumerGroup,
  sync: WithoutTicket<Sync>,
  nameOf: (topicId: string) => string | undefined,
): Synced => {
  const member = checked(group, sync);
  if (typeof member === 'number') return refusedSync(member);
  const { name, metadata } = member.classic!.protocols[0]!;
  if ((sync.protocolType ?? 'consumer') !== 'consumer' || (sync.protocol ?? name) !== name)
    return refusedSync(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  // A member that has rejoined learns here what it has to give up.
  if (member.epoch < group.assignmentEpoch && member.state !== 'unrevoked')
    return refusedSync(ErrorCode.REBALANCE_IN_PROGRESS);
  return {
    error: ErrorCode.NONE,
    protocolType: 'consumer',
    protocol: name,
    assignment: assignmentBytes(member.assigned, parseSubscription(metadata).version, nameOf),
  };
};

export const assignmentBytes = (
  keys: Iterable<string>,
  version: number,
  nameOf: (topicId: string) => string | undefined,
): Buffer => {
  const topics = byTopic(keys).flatMap(({ topicId, partitions }) => {
    const topic = nameOf(topicId);
    return topic === undefined ? [] : [{ topic, partitions }];
  });
  return writeAssignment(version, topics);
};

const refusedSync = (error: ErrorCode): Synced => ({
  error,
  protocolType: null,
  protocol: null,
  assignment: Buffer.alloc(0),
});

/** The classic member that a request comes from, or the error if it is not one, or of another generation. */
const checked = (
  group: ConsumerGroup,
  { generation, ...identity }: Identity & { generation: number },
): ConsumerMember | ErrorCode => {
  const member = identified(group, identity);
  if (typeof member === 'number') return member;
  if (!member.classic) return ErrorCode.UNKNOWN_MEMBER_ID;
  return member.epoch === generation ? member : ErrorCode.ILLEGAL_GENERATION;
};
