import {
  AWAY,
  JOINING,
  LEAVING,
  type ConsumerGroup,
  type ConsumerMember,
  type GroupLimits,
} from './consumer-group.js';
import { isFull, type Heartbeat, type HeartbeatAnswer } from './heartbeat.js';
import { leaverOf, memberOf, staticMember } from './membership.js';
import { reconcile } from './reconcile.js';
import { hasSameSubscription, type Topics } from './subscription.js';
import { assign, haveTopicsChanged, isTooEarly, postponed } from './target-assignment.js';

/** What a step depends on besides the group and the heartbeat. */
interface Circumstances {
  readonly now: number;
  readonly topics: Topics;
  readonly limits: GroupLimits;
}

export interface Step {
  readonly group: ConsumerGroup;
  readonly answer: HeartbeatAnswer;
}

/**
 * The consumer protocol of KIP-848 as a pure function: the next state of a group after a heartbeat, and the answer to
 * it. A heartbeat that is refused throws a KafkaError and changes nothing.
 */
export const step = (before: ConsumerGroup, heartbeat: Heartbeat, at: Circumstances): Step => {
  const isLeaving = heartbeat.memberEpoch === LEAVING || heartbeat.memberEpoch === AWAY;
  return isLeaving ? leave(before, heartbeat) : stay(before, heartbeat, at);
};

/** Removes members whose session has expired, and those that did not give up their partitions in time. */
export const expire = (group: ConsumerGroup, now: number): ConsumerGroup => {
  const expired = [...group.members.values()].filter(
    ({ id, revokeBy }) => group.sessions.get(id)! <= now || revokeBy <= now,
  );
  return expired.reduce((rest, { id }) => withoutMember(rest, id), group);
};

/** A group without one of its members needs a new target assignment. */
export const withoutMember = (group: ConsumerGroup, id: string): ConsumerGroup => ({
  ...group,
  epoch: group.epoch + 1,
  members: without(group.members, id),
  targets: without(group.targets, id),
  sessions: without(group.sessions, id),
});

const noSubscription = { topicNames: [], topicRegex: '' };

const stay = (before: ConsumerGroup, heartbeat: Heartbeat, at: Circumstances): Step => {
  const { now, limits } = at;
  const { memberId, instanceId } = heartbeat;
  const former = before.members.get(memberId) ?? (instanceId && staticMember(before, instanceId));
  const member = updated(memberOf(before, heartbeat, limits), heartbeat);
  const isChanged = !hasSameSubscription(former || noSubscription, member);
  const group = withTarget(place(before, member), { member, isChanged }, at);
  const next = timed(member, reconcile(group, member, heartbeat.owned), now);
  const isWhole = heartbeat.memberEpoch === JOINING || isFull(heartbeat) || hasOtherPartitions(member, next);
  return {
    group: {
      ...group,
      members: new Map(group.members).set(next.id, next),
      sessions: new Map(group.sessions).set(
        next.id,
        now + (next.classic?.sessionTimeoutMs ?? limits.sessionTimeoutMs),
      ),
    },
    answer: {
      memberId: next.id,
      memberEpoch: next.epoch,
      assignment: isWhole ? next.assigned : null,
    },
  };
};

/** A member leaves for good, or a static member for less than its session timeout. */
const leave = (group: ConsumerGroup, heartbeat: Heartbeat): Step => {
  const member = leaverOf(group, heartbeat);
  const answer = { memberId: member.id, memberEpoch: heartbeat.memberEpoch, assignment: null };
  if (heartbeat.memberEpoch === LEAVING) return { group: withoutMember(group, member.id), answer };
  const away: ConsumerMember = { ...member, epoch: AWAY, revoking: new Set(), revokeBy: Infinity };
  return { group: { ...group, members: new Map(group.members).set(member.id, away) }, answer };
};

/** The member with what the heartbeat says; the same object if that is nothing new. */
const updated = (member: ConsumerMember, heartbeat: Heartbeat): ConsumerMember => {
  const next = {
    ...member,
    rackId: heartbeat.rackId ?? member.rackId,
    clientId: heartbeat.clientId,
    clientHost: heartbeat.clientHost,
    rebalanceTimeoutMs: heartbeat.rebalanceTimeoutMs ?? member.rebalanceTimeoutMs,
    serverAssignor: heartbeat.serverAssignor ?? member.serverAssignor,
    topicNames: heartbeat.topicNames ? [...new Set(heartbeat.topicNames)].sort() : member.topicNames,
    topicRegex: heartbeat.topicRegex ?? member.topicRegex,
    classic: heartbeat.classic,
  };
  const isSame =
    hasSameSubscription(member, next) &&
    (['rackId', 'clientId', 'clientHost', 'rebalanceTimeoutMs', 'serverAssignor', 'classic'] as const).every(
      (key) => member[key] === next[key],
    );
  return isSame ? member : next;
};

/** Puts a member into its group; a static member into the place of its former instance. */
const place = (group: ConsumerGroup, member: ConsumerMember): ConsumerGroup => {
  const former = member.instanceId === null ? undefined : staticMember(group, member.instanceId);
  if (!former || former.id === member.id)
    return { ...group, members: new Map(group.members).set(member.id, member) };
  return {
    ...group,
    members: without(group.members, former.id).set(member.id, member),
    targets: without(group.targets, former.id).set(member.id, group.targets.get(former.id) ?? new Set()),
    sessions: without(group.sessions, former.id),
  };
};

const withTarget = (
  group: ConsumerGroup,
  { member, isChanged }: { member: ConsumerMember; isChanged: boolean },
  { now, topics, limits }: Circumstances,
): ConsumerGroup => {
  const isNew = isChanged || haveTopicsChanged(group, topics);
  const epoch = isNew ? group.epoch + 1 : group.epoch;
  if (epoch === group.assignmentEpoch) return group;
  if (!isTooEarly(group, now, limits)) return assign({ ...group, epoch }, topics, { now, limits });
  return isNew ? postponed({ ...group, epoch }, member, topics) : group;
};

/** A member has its rebalance timeout to give up partitions. */
const timed = (before: ConsumerMember, after: ConsumerMember, now: number): ConsumerMember => {
  if (after.state !== 'unrevoked')
    return after.revokeBy === Infinity ? after : { ...after, revokeBy: Infinity };
  return before.state === 'unrevoked' && before.revoking === after.revoking
    ? after
    : { ...after, revokeBy: now + after.rebalanceTimeoutMs };
};

const hasOtherPartitions = (before: ConsumerMember, after: ConsumerMember): boolean =>
  before.assigned.size !== after.assigned.size ||
  [...after.assigned].some((key) => !before.assigned.has(key));

const without = <T>(map: ReadonlyMap<string, T>, key: string): Map<string, T> => {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
};
