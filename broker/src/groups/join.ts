import { ErrorCode } from '../wire/error-code.js';
import type { Draft } from './draft.js';
import type { Join } from './event.js';
import { chooseProtocol, type Member, type Protocol } from './group.js';
import { awaitFurtherMembers, completeJoinIfAllJoined, prepareRebalance, remove } from './rebalance.js';

/** A member wants to be part of the next generation. KIP-345 (static members), KIP-394 (member id required). */
export const join = (draft: Draft, event: Join): void => {
  const { group } = draft;
  if (!hasRoom(draft, event)) return turnAway(draft, event);
  if (!fits(draft, event)) return refuse(draft, event, ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  if (event.memberId === '')
    return event.instanceId === null ? joinNew(draft, event) : joinStatic(draft, event);
  if (group.pending.delete(event.memberId)) return add(draft, event, event.memberId);
  const error = draft.identify(event);
  return error === ErrorCode.NONE ? rejoin(draft, event) : refuse(draft, event, error);
};

const refuse = (draft: Draft, event: Join, error: ErrorCode): void =>
  draft.refuseJoin(event.ticket, error, event.memberId);

/** Whether the group would still have a common protocol with this member. */
const fits = ({ group, members }: Draft, { protocolType, protocols }: Join): boolean => {
  if (protocolType === '' || protocols.length === 0) return false;
  if (members.length === 0) return true;
  const isCommon = (name: string): boolean => members.every((m) => m.protocols.some((p) => p.name === name));
  return group.protocolType === protocolType && protocols.some(({ name }) => isCommon(name));
};

/** While a group rebalances, those that have joined count; its former members may come too late. */
const hasRoom = ({ group, members }: Draft, { memberId, maxSize }: Join): boolean => {
  const member = group.members.get(memberId);
  if (group.phase !== 'PreparingRebalance') return member !== undefined || members.length < maxSize;
  const joined = members.filter(({ joining }) => joining !== null);
  return member?.joining != null || joined.length < maxSize;
};

const turnAway = (draft: Draft, event: Join): void => {
  const { group } = draft;
  const member = group.members.get(event.memberId);
  group.pending.delete(event.memberId);
  if (member) remove(draft, member);
  draft.refuseJoin(event.ticket, ErrorCode.GROUP_MAX_SIZE_REACHED, '');
  completeJoinIfAllJoined(draft);
};

const joinNew = (draft: Draft, event: Join): void => {
  if (!event.idRequired) return add(draft, event, event.newMemberId);
  draft.group.pending.set(event.newMemberId, draft.now + event.sessionTimeoutMs);
  draft.refuseJoin(event.ticket, ErrorCode.MEMBER_ID_REQUIRED, event.newMemberId);
};

const add = (draft: Draft, event: Join, id: string): void => {
  const { group } = draft;
  const isFirst = group.phase === 'Empty';
  if (isFirst) group.protocolType = event.protocolType;
  group.members.set(id, memberOf(draft, event, id));
  if (isFirst && event.initialDelayMs > 0) return awaitFurtherMembers(draft, event.initialDelayMs);
  if (group.initialDelay) group.initialDelay = { ...group.initialDelay, isGrowing: true };
  requestRejoin(draft);
};

const requestRejoin = (draft: Draft): void =>
  draft.group.phase === 'PreparingRebalance' ? completeJoinIfAllJoined(draft) : prepareRebalance(draft);

/**
 * A static member without a member id has been restarted: it replaces its former instance. As in Kafka, a stable group
 * stays as it is even if the member's metadata has changed: the leader starts a rebalance when it sees a need for one. It
 * is described as the client that it was at first.
 */
const joinStatic = (draft: Draft, event: Join): void => {
  const former = draft.withInstance(event.instanceId!);
  if (!former) return add(draft, event, event.newMemberId);
  const { group } = draft;
  const formerLeader = group.leader;
  draft.dismiss(former, ErrorCode.FENCED_INSTANCE_ID);
  const member = {
    ...memberOf(draft, event, event.newMemberId),
    clientId: former.clientId,
    clientHost: former.clientHost,
    assignment: former.assignment,
    synced: former.synced,
  };
  rename(draft, former.id, member);
  if (group.phase !== 'Stable' || chooseProtocol(draft.members) !== group.protocol)
    return requestRejoin(draft);
  draft.change(member.id, { joining: null });
  if (event.canSkipAssignment)
    draft.admit(event.ticket, member, { skipAssignment: group.leader === member.id });
  // An older client that is told to be the leader would send assignments, which a stable group ignores; it is not told.
  else draft.admit(event.ticket, member, { leader: formerLeader ?? '', members: [] });
};

/** Replaces a member in place, to keep the order of the members, which determines the next leader. */
const rename = ({ group, members }: Draft, from: string, member: Member): void => {
  group.members.clear();
  for (const other of members) {
    const kept = other.id === from ? member : other;
    group.members.set(kept.id, kept);
  }
  if (group.leader === from) group.leader = member.id;
};

const rejoin = (draft: Draft, event: Join): void => {
  const { group } = draft;
  const member = group.members.get(event.memberId)!;
  const isSame = areSame(member.protocols, event.protocols);
  const isSettled =
    group.phase === 'CompletingRebalance' || (group.phase === 'Stable' && group.leader !== member.id);
  if (isSettled && isSame) {
    draft.touch(member);
    return draft.admit(event.ticket, member);
  }
  if (member.joining !== null) draft.refuseJoin(member.joining, ErrorCode.REBALANCE_IN_PROGRESS, member.id);
  const { syncing, synced, assignment } = member;
  group.members.set(member.id, { ...memberOf(draft, event, member.id), syncing, synced, assignment });
  requestRejoin(draft);
};

const areSame = (a: readonly Protocol[], b: readonly Protocol[]): boolean =>
  a.length === b.length &&
  a.every(({ name, metadata }, i) => name === b[i]!.name && metadata.equals(b[i]!.metadata));

const memberOf = (draft: Draft, event: Join, id: string): Member => ({
  id,
  instanceId: event.instanceId,
  clientId: event.clientId,
  clientHost: event.clientHost,
  sessionTimeoutMs: event.sessionTimeoutMs,
  rebalanceTimeoutMs: event.rebalanceTimeoutMs,
  protocols: event.protocols,
  assignment: Buffer.alloc(0),
  expiresAt: draft.now + event.sessionTimeoutMs,
  joining: event.ticket,
  syncing: null,
  synced: false,
});
