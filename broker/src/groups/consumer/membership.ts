import { ErrorCode, KafkaError } from '../../wire/error-code.js';
import {
  AWAY,
  JOINING,
  type ConsumerGroup,
  type ConsumerMember,
  type GroupLimits,
} from './consumer-group.js';
import type { Heartbeat } from './heartbeat.js';

/**
 * The member that a heartbeat comes from; a new one if it joins. Throws the KafkaError by which a client that is no
 * longer a member, or not yet one, must know it.
 */
export const memberOf = (group: ConsumerGroup, heartbeat: Heartbeat, limits: GroupLimits): ConsumerMember => {
  const isJoining = heartbeat.memberEpoch === JOINING;
  if (heartbeat.instanceId !== null)
    return isJoining ? joiningStatic(group, heartbeat, limits) : knownStatic(group, heartbeat);
  const member = group.members.get(heartbeat.memberId);
  if (!member && isJoining) return newMember(group, heartbeat, limits);
  if (!member) throw unknownMember(heartbeat);
  checkEpoch(member, heartbeat);
  return member;
};

/** The member that a static or dynamic member's leaving heartbeat names. */
export const leaverOf = (group: ConsumerGroup, heartbeat: Heartbeat): ConsumerMember => {
  if (heartbeat.instanceId !== null) return ownerOf(group, heartbeat);
  const member = group.members.get(heartbeat.memberId);
  if (!member) throw unknownMember(heartbeat);
  return member;
};

export const staticMember = ({ members }: ConsumerGroup, instanceId: string): ConsumerMember | undefined =>
  [...members.values()].find((member) => member.instanceId === instanceId);

export interface Identity {
  /** Empty if a static member is named by its instance id alone. */
  readonly memberId: string;
  readonly instanceId: string | null;
}

/** The member that a request of the classic protocol names, or the error if there is none. */
export const identified = (
  group: ConsumerGroup,
  { memberId, instanceId }: Identity,
): ConsumerMember | ErrorCode => {
  const member = instanceId === null ? group.members.get(memberId) : staticMember(group, instanceId);
  if (!member) return ErrorCode.UNKNOWN_MEMBER_ID;
  return memberId === '' || member.id === memberId ? member : ErrorCode.FENCED_INSTANCE_ID;
};

const unknownMember = ({ memberId, groupId }: Heartbeat): KafkaError =>
  new KafkaError(ErrorCode.UNKNOWN_MEMBER_ID, `Member ${memberId} is not a member of group ${groupId}.`);

const newMember = (
  { members }: ConsumerGroup,
  heartbeat: Heartbeat,
  { maxSize }: GroupLimits,
): ConsumerMember => {
  if (members.size >= maxSize)
    throw new KafkaError(
      ErrorCode.GROUP_MAX_SIZE_REACHED,
      `The consumer group has reached its maximum capacity of ${maxSize} members.`,
    );
  return {
    id: heartbeat.memberId,
    instanceId: heartbeat.instanceId,
    rackId: null,
    clientId: heartbeat.clientId,
    clientHost: heartbeat.clientHost,
    rebalanceTimeoutMs: 0,
    serverAssignor: null,
    topicNames: [],
    topicRegex: '',
    epoch: JOINING,
    previousEpoch: JOINING,
    state: 'stable',
    assigned: new Set(),
    revoking: new Set(),
    classic: null,
    revokeBy: Infinity,
  };
};

/**
 * A static member that comes back takes the place of its former instance, which must have left. Classic members do not
 * leave when they restart.
 */
const joiningStatic = (group: ConsumerGroup, heartbeat: Heartbeat, limits: GroupLimits): ConsumerMember => {
  const former = staticMember(group, heartbeat.instanceId!);
  if (!former) return newMember(group, heartbeat, limits);
  if (former.epoch !== AWAY && former.classic === null && heartbeat.classic === null)
    throw new KafkaError(
      ErrorCode.UNRELEASED_INSTANCE_ID,
      `Static member ${heartbeat.memberId} with instance id ${heartbeat.instanceId} cannot join the group because ` +
        `the instance id is owned by ${former.id} member.`,
    );
  return { ...former, id: heartbeat.memberId, epoch: JOINING, previousEpoch: JOINING };
};

const knownStatic = (group: ConsumerGroup, heartbeat: Heartbeat): ConsumerMember => {
  const member = ownerOf(group, heartbeat);
  checkEpoch(member, heartbeat);
  return member;
};

const ownerOf = (group: ConsumerGroup, { memberId, instanceId }: Heartbeat): ConsumerMember => {
  const member = staticMember(group, instanceId!);
  if (!member) throw new KafkaError(ErrorCode.UNKNOWN_MEMBER_ID, `Instance id ${instanceId} is unknown.`);
  if (member.id !== memberId)
    throw new KafkaError(
      ErrorCode.FENCED_INSTANCE_ID,
      `Static member ${memberId} with instance id ${instanceId} was fenced by member ${member.id}.`,
    );
  return member;
};

/** A member with the previous epoch may not have received the current one; any other is fenced and must rejoin. */
const checkEpoch = ({ epoch, previousEpoch, assigned }: ConsumerMember, heartbeat: Heartbeat): void => {
  const { memberEpoch: received, owned } = heartbeat;
  const isRepeated =
    received === previousEpoch &&
    received < epoch &&
    owned !== null &&
    owned.every((key) => assigned.has(key));
  if (received === JOINING || received === epoch || isRepeated) return;
  throw new KafkaError(
    ErrorCode.FENCED_MEMBER_EPOCH,
    `The consumer group member has a ${received > epoch ? 'greater' : 'smaller'} member epoch (${received}) than the ` +
      `one known by the group coordinator (${epoch}). The member must abandon all its partitions and rejoin.`,
  );
};
