/** The states of a consumer group, by the names DescribeGroups gives them. */
export type Phase = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable';

/** An assignment protocol that a member supports, with its metadata for the leader. */
export interface Protocol {
  readonly name: string;
  readonly metadata: Buffer;
}

/** Identifies a pending request. */
export type Ticket = number;

export interface Member {
  readonly id: string;
  /** Set by static members (KIP-345), which keep their assignment across a restart. */
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly protocols: readonly Protocol[];
  readonly assignment: Buffer;
  /** When the session of the member expires; ignored while it has a pending request. */
  readonly expiresAt: number;
  readonly joining: Ticket | null;
  readonly syncing: Ticket | null;
  /** Whether the member has synced in this generation. */
  readonly synced: boolean;
}

/**
 * A group that was empty waits for further members before its first rebalance, and again for as long as members keep
 * joining, but no longer than a rebalance may take (KIP-134).
 */
export interface InitialDelay {
  readonly delayMs: number;
  /** By how much the delay can still be extended. */
  readonly remainingMs: number;
  /** Whether a member has joined since the delay began. */
  readonly isGrowing: boolean;
}

/** The state of a group. Times are in milliseconds of the clock of its events. */
export interface Group {
  readonly phase: Phase;
  readonly generation: number;
  readonly protocolType: string | null;
  readonly protocol: string | null;
  readonly leader: string | null;
  /** In join order; the first becomes the leader. */
  readonly members: ReadonlyMap<string, Member>;
  /** Ids of members that have yet to rejoin (KIP-394), with their deadlines. */
  readonly pending: ReadonlyMap<string, number>;
  /** When members that have not joined or synced in this phase are removed. */
  readonly deadline: number;
  readonly initialDelay: InitialDelay | null;
}

export const emptyGroup: Group = {
  phase: 'Empty',
  generation: 0,
  protocolType: null,
  protocol: null,
  leader: null,
  members: new Map(),
  pending: new Map(),
  deadline: Infinity,
  initialDelay: null,
};

/** The time of the next timeout. */
export const nextDeadline = (group: Group): number => {
  const members = [...group.members.values()].filter((member) => !hasPendingRequest(member));
  return Math.min(group.deadline, ...group.pending.values(), ...members.map((member) => member.expiresAt));
};

export const hasPendingRequest = (member: Member): boolean =>
  member.joining !== null || member.syncing !== null;

export const metadataOf = (member: Member, protocol: string | null): Buffer =>
  member.protocols.find(({ name }) => name === protocol)?.metadata ?? Buffer.alloc(0);

/** The protocol that most members prefer among those that all support; undefined if there is none. */
export const chooseProtocol = (members: Iterable<Member>): string | undefined => {
  const lists = [...members].map(({ protocols }) => protocols.map(({ name }) => name));
  const common = lists[0]?.filter((name) => lists.every((list) => list.includes(name))) ?? [];
  const votes = lists.map((list) => list.find((name) => common.includes(name)));
  const count = (name: string): number => votes.filter((vote) => vote === name).length;
  return common.toSorted((a, b) => count(b) - count(a))[0];
};
