/** The states of a consumer group, by the names DescribeGroups gives them. */
export type Phase = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable';

/** A way to share out partitions that a member knows, and what it wants to tell the leader about itself. */
export interface Protocol {
  readonly name: string;
  readonly metadata: Buffer;
}

/** Names one request that is waiting for its answer. */
export type Ticket = number;

export interface Member {
  readonly id: string;
  /** Set by static members (KIP-345), which keep their place over a restart. */
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly protocols: readonly Protocol[];
  readonly assignment: Buffer;
  /** When the member counts as gone unless it is heard of; irrelevant while a request of it is parked. */
  readonly expiresAt: number;
  readonly joining: Ticket | null;
  readonly syncing: Ticket | null;
  /** Whether the member has asked for its assignment in this generation. */
  readonly synced: boolean;
}

/** A group between two events. Times are milliseconds of the clock the events carry. */
export interface Group {
  readonly phase: Phase;
  readonly generation: number;
  readonly protocolType: string | null;
  readonly protocol: string | null;
  readonly leader: string | null;
  /** In the order they came; the first is the one to lead. */
  readonly members: ReadonlyMap<string, Member>;
  /** Ids that were handed out to join with (KIP-394), and until when they are waited for. */
  readonly pending: ReadonlyMap<string, number>;
  /** When the phase is ended for those who have not done their part. */
  readonly deadline: number;
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
};

/** The next moment at which something happens by itself. */
export const nextDeadline = (group: Group): number => {
  const members = [...group.members.values()].filter((member) => !isParked(member));
  return Math.min(group.deadline, ...group.pending.values(), ...members.map((member) => member.expiresAt));
};

export const isParked = (member: Member): boolean => member.joining !== null || member.syncing !== null;

export const metadataOf = (member: Member, protocol: string | null): Buffer =>
  member.protocols.find(({ name }) => name === protocol)?.metadata ?? Buffer.alloc(0);

/** The protocol all members know that most of them like best, or undefined if there is none. */
export const chooseProtocol = (members: Iterable<Member>): string | undefined => {
  const lists = [...members].map(({ protocols }) => protocols.map(({ name }) => name));
  const common = lists[0]?.filter((name) => lists.every((list) => list.includes(name))) ?? [];
  const votes = lists.map((list) => list.find((name) => common.includes(name)));
  const count = (name: string): number => votes.filter((vote) => vote === name).length;
  return common.toSorted((a, b) => count(b) - count(a))[0];
};
