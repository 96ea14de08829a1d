import type { Protocol } from '../group.js';
import type { PartitionKey } from './partition-key.js';

/**
 * How far a member is on the way to its target assignment (KIP-848):
 * - `stable`: it has all that its epoch gives it;
 * - `unrevoked`: it must first give up partitions;
 * - `unreleased`: it waits for partitions that other members have yet to give up.
 */
export type MemberState = 'stable' | 'unrevoked' | 'unreleased';

export interface Subscription {
  readonly topicNames: readonly string[];
  /** A pattern in the syntax of RE2 that names must match as a whole; empty if there is none. */
  readonly topicRegex: string;
}

/** What a member of the classic protocol has told of itself: it may be in the same group until all have migrated. */
export interface ClassicMetadata {
  readonly sessionTimeoutMs: number;
  readonly protocols: readonly Protocol[];
}

export interface ConsumerMember extends Subscription {
  readonly id: string;
  /** Set by static members (KIP-345), which keep their assignment across a restart. */
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rebalanceTimeoutMs: number;
  readonly serverAssignor: string | null;
  /** The epoch of the assignment the member has; {@link AWAY} for a static member that will be back. */
  readonly epoch: number;
  /** Still accepted, in case the response with the new epoch was lost. */
  readonly previousEpoch: number;
  readonly state: MemberState;
  /** What the member may consume. */
  readonly assigned: ReadonlySet<PartitionKey>;
  /** What the member has to give up before it advances. */
  readonly revoking: ReadonlySet<PartitionKey>;
  /** Null for a member of the consumer protocol. */
  readonly classic: ClassicMetadata | null;
  /** When the member is removed unless it has given up what it has to, or rejoined if it is a classic one. */
  readonly revokeBy: number;
}

/** What the settings of the broker and of a group say. */
export interface GroupLimits {
  /** A member that is not heard of for this long is removed; classic members have their own. */
  readonly sessionTimeoutMs: number;
  /** A larger group is refused. */
  readonly maxSize: number;
  /** A new target assignment is made no sooner than this after the last one (KIP-1263). */
  readonly assignmentIntervalMs: number;
  /** The names of the assignors that members may ask for, the default first. */
  readonly assignors: readonly string[];
}

/** A group of the consumer protocol (KIP-848): the broker assigns, and each member is led to its target. */
export interface ConsumerGroup {
  /** Increases whenever a new target assignment is needed. */
  readonly epoch: number;
  /** The epoch of the target assignment. */
  readonly assignmentEpoch: number;
  /** When the target assignment was made; -Infinity if there is none, or it is from before a restart. */
  readonly assignedAt: number;
  readonly assignor: string;
  readonly members: ReadonlyMap<string, ConsumerMember>;
  readonly targets: ReadonlyMap<string, ReadonlySet<PartitionKey>>;
  /** The ids and sizes of the topics at the epoch of the group. */
  readonly topics: string;
  /** When the session of each member expires. */
  readonly sessions: ReadonlyMap<string, number>;
}

/** The epoch with which a static member leaves for a while. */
export const AWAY = -2;
/** The epoch with which a member leaves for good. */
export const LEAVING = -1;
/** The epoch with which a member joins, or rejoins after it was fenced. */
export const JOINING = 0;

/** The epoch of a new group is ahead of that of its target assignment, which it does not have yet. */
export const emptyConsumerGroup: ConsumerGroup = {
  epoch: 1,
  assignmentEpoch: 0,
  assignedAt: -Infinity,
  assignor: 'uniform',
  members: new Map(),
  targets: new Map(),
  topics: '',
  sessions: new Map(),
};

export const targetOf = (group: ConsumerGroup, memberId: string): ReadonlySet<PartitionKey> =>
  group.targets.get(memberId) ?? new Set();

/** Whether a member has all that the target assignment gives it. */
const isReconciled = ({ state, epoch }: ConsumerMember, { assignmentEpoch }: ConsumerGroup): boolean =>
  state === 'stable' && epoch === assignmentEpoch;

/** The state by the names that ConsumerGroupDescribe and ListGroups give it. */
export const stateOf = (group: ConsumerGroup): 'Empty' | 'Assigning' | 'Reconciling' | 'Stable' => {
  if (group.members.size === 0) return 'Empty';
  if (group.epoch > group.assignmentEpoch) return 'Assigning';
  return [...group.members.values()].every((member) => isReconciled(member, group))
    ? 'Stable'
    : 'Reconciling';
};

/** The time of the next timeout. */
export const nextDeadline = ({ sessions, members }: ConsumerGroup): number => {
  let next = Infinity;
  for (const expiresAt of sessions.values()) next = Math.min(next, expiresAt);
  for (const { revokeBy } of members.values()) next = Math.min(next, revokeBy);
  return next;
};
