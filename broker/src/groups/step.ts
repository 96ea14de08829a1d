import { ErrorCode } from '../wire/error-code.js';
import { Draft } from './draft.js';
import type { Commit, Gone, GroupEvent, Heartbeat, Leave, Reply, Sync } from './event.js';
import { hasPendingRequest, type Group } from './group.js';
import { join } from './join.js';
import { afterRemoval, completeJoin, endInitialDelay, prepareRebalance, remove } from './rebalance.js';

/**
 * The group protocol as a pure function: the next state of a group after an event, and the replies to send.
 * Every event except `gone` and `tick` is answered exactly once, by this step or a later one.
 */
export const step = (before: Group, event: GroupEvent, now: number): { group: Group; replies: Reply[] } => {
  const draft = new Draft(before, now);
  apply(draft, event);
  return { group: draft.group, replies: draft.replies };
};

const apply = (draft: Draft, event: GroupEvent): void => {
  switch (event.kind) {
    case 'join':
      return join(draft, event);
    case 'sync':
      return sync(draft, event);
    case 'heartbeat':
      return draft.answer(event.ticket, heartbeat(draft, event));
    case 'commit':
      return draft.answer(event.ticket, commit(draft, event));
    case 'leave':
      return draft.answer(event.ticket, leave(draft, event));
    case 'gone':
      return gone(draft, event);
    case 'tick':
      return tick(draft);
  }
};

const check = (draft: Draft, event: Heartbeat | Sync | Commit): ErrorCode => {
  const error = draft.identify(event);
  if (error !== ErrorCode.NONE) return error;
  return event.generation === draft.group.generation ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION;
};

/** A member requests its assignment; the leader sends the assignments of all members. */
const sync = (draft: Draft, event: Sync): void => {
  const { group } = draft;
  const error = check(draft, event) || (agrees(group, event) ? 0 : ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  if (error !== ErrorCode.NONE) return draft.refuseSync(event.ticket, error);
  const member = group.members.get(event.memberId)!;
  if (group.phase === 'PreparingRebalance')
    return draft.refuseSync(event.ticket, ErrorCode.REBALANCE_IN_PROGRESS);
  if (member.syncing !== null) draft.refuseSync(member.syncing, ErrorCode.REBALANCE_IN_PROGRESS);
  draft.change(member.id, { syncing: event.ticket, synced: true });
  if (group.leader === member.id && group.phase === 'CompletingRebalance') {
    group.phase = 'Stable';
    for (const { id } of draft.members)
      draft.change(id, { assignment: event.assignments.get(id) ?? Buffer.alloc(0) });
  }
  if (group.phase === 'Stable') settle(draft);
};

const agrees = (group: Group, { protocolType, protocol }: Sync): boolean =>
  (protocolType === null || protocolType === group.protocolType) &&
  (protocol === null || protocol === group.protocol);

/** Sends the assignments to the members that wait for them. */
const settle = (draft: Draft): void => {
  for (const member of draft.members) {
    if (member.syncing === null) continue;
    draft.assign(member.syncing, member);
    draft.touch(draft.change(member.id, { syncing: null }));
  }
  if (draft.members.every((member) => member.synced)) draft.group.deadline = Infinity;
};

const heartbeat = (draft: Draft, event: Heartbeat): ErrorCode => {
  const error = check(draft, event);
  if (error !== ErrorCode.NONE) return error;
  draft.touch(draft.group.members.get(event.memberId)!);
  return draft.group.phase === 'PreparingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
};

/** Members may commit in their generation; a client without one may commit for a group without members. */
const commit = (draft: Draft, event: Commit): ErrorCode => {
  if (event.generation < 0 && draft.members.length === 0) return ErrorCode.NONE;
  const error = check(draft, event);
  if (error !== ErrorCode.NONE) return error;
  draft.touch(draft.group.members.get(event.memberId)!);
  return draft.group.phase === 'CompletingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
};

/** A member leaves. An administrator may remove a static member by its instance id alone. */
const leave = (draft: Draft, { memberId, instanceId }: Leave): ErrorCode => {
  if (draft.group.pending.delete(memberId)) {
    afterRemoval(draft);
    return ErrorCode.NONE;
  }
  const named = instanceId !== null && memberId === '' ? draft.withInstance(instanceId)?.id : memberId;
  const error = draft.identify({ memberId: named ?? '', instanceId });
  if (error !== ErrorCode.NONE) return error;
  remove(draft, draft.group.members.get(named!)!);
  afterRemoval(draft);
  return ErrorCode.NONE;
};

/** A pending request can no longer be answered; its member has one session timeout to return. */
const gone = (draft: Draft, { ticket }: Gone): void => {
  for (const member of draft.members) {
    if (member.joining !== ticket && member.syncing !== ticket) continue;
    draft.touch(draft.change(member.id, { joining: null, syncing: null }));
  }
};

const tick = (draft: Draft): void => {
  const { group, now } = draft;
  const expired = draft.members.filter((member) => !hasPendingRequest(member) && member.expiresAt <= now);
  const forgotten = [...group.pending].filter(([, until]) => until <= now);
  for (const member of expired) remove(draft, member);
  for (const [id] of forgotten) group.pending.delete(id);
  if (expired.length + forgotten.length > 0) afterRemoval(draft);
  if (group.deadline <= now) endPhase(draft);
};

const endPhase = (draft: Draft): void => {
  const { phase, initialDelay } = draft.group;
  if (initialDelay) return endInitialDelay(draft, initialDelay);
  if (phase === 'PreparingRebalance') return completeJoin(draft);
  for (const member of draft.members) if (!member.synced) remove(draft, member);
  prepareRebalance(draft);
};
