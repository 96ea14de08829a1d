import { ErrorCode } from '../wire/error-code.js';
import type { Draft } from './draft.js';
import { chooseProtocol, type InitialDelay, type Member } from './group.js';

/** Starts a rebalance: all members must rejoin. */
export const prepareRebalance = (draft: Draft): void => {
  const { group } = draft;
  for (const member of draft.members) {
    if (member.syncing !== null) draft.refuseSync(member.syncing, ErrorCode.REBALANCE_IN_PROGRESS);
    // What a completed rebalance has assigned is described until the next one is complete.
    const assignment = group.phase === 'CompletingRebalance' ? Buffer.alloc(0) : member.assignment;
    draft.change(member.id, { syncing: null, synced: false, assignment });
  }
  group.phase = 'PreparingRebalance';
  group.deadline = rebalanceDeadline(draft);
  completeJoinIfAllJoined(draft);
};

/** Starts the first rebalance of a group, which begins with a delay. */
export const awaitFurtherMembers = (draft: Draft, delayMs: number): void => {
  const { group, now } = draft;
  group.phase = 'PreparingRebalance';
  group.initialDelay = {
    delayMs,
    remainingMs: Math.max(rebalanceDeadline(draft) - now - delayMs, 0),
    isGrowing: false,
  };
  group.deadline = now + delayMs;
};

/** The initial delay has passed: it is extended if members have joined in it. */
export const endInitialDelay = (draft: Draft, { delayMs, remainingMs, isGrowing }: InitialDelay): void => {
  if (!isGrowing || remainingMs === 0) return completeJoin(draft);
  draft.group.initialDelay = {
    delayMs,
    remainingMs: Math.max(remainingMs - delayMs, 0),
    isGrowing: false,
  };
  draft.group.deadline = draft.now + Math.min(delayMs, remainingMs);
};

export const completeJoinIfAllJoined = (draft: Draft): void => {
  const { phase, pending, initialDelay } = draft.group;
  if (initialDelay) return;
  const allJoined = draft.members.every((member) => member.joining !== null);
  if (phase === 'PreparingRebalance' && pending.size === 0 && allJoined) completeJoin(draft);
};

/** Begins a generation with the members that have joined. Static members that have not are kept until they expire. */
export const completeJoin = (draft: Draft): void => {
  const { group } = draft;
  group.initialDelay = null;
  for (const member of draft.members)
    if (member.joining === null && member.instanceId === null) group.members.delete(member.id);
  if (group.members.size === 0) return empty(draft);
  const present = draft.members.filter((member) => member.joining !== null);
  if (present.length === 0) {
    group.deadline = rebalanceDeadline(draft);
    return;
  }
  if (!present.some(({ id }) => id === group.leader)) group.leader = present[0]!.id;
  group.generation++;
  group.phase = 'CompletingRebalance';
  group.protocol = chooseProtocol(draft.members) ?? null;
  group.deadline = rebalanceDeadline(draft);
  for (const member of present) {
    draft.admit(member.joining!, member);
    draft.change(member.id, { joining: null, expiresAt: draft.now + member.sessionTimeoutMs });
  }
};

/** Removes a member, and answers its pending requests. */
export const remove = (
  draft: Draft,
  member: Member,
  error: ErrorCode = ErrorCode.UNKNOWN_MEMBER_ID,
): void => {
  draft.dismiss(member, error);
  draft.group.members.delete(member.id);
  if (draft.group.leader === member.id) draft.group.leader = null;
};

/** Rebalances the remaining members after a member, or a pending one, was removed. */
export const afterRemoval = (draft: Draft): void => {
  const { phase } = draft.group;
  if (phase === 'Stable' || phase === 'CompletingRebalance') prepareRebalance(draft);
  else completeJoinIfAllJoined(draft);
};

const empty = ({ group }: Draft): void => {
  group.phase = 'Empty';
  group.generation++;
  group.protocol = group.leader = null;
  group.deadline = Infinity;
};

/** A rebalance waits as long as the longest rebalance timeout of the members. */
const rebalanceDeadline = (draft: Draft): number =>
  draft.now + Math.max(0, ...draft.members.map((member) => member.rebalanceTimeoutMs));
