import { emptyGroup, type Group, type Member } from './group.js';

type StoredMember = {
  id: string;
  instanceId: string | null;
  clientId: string;
  clientHost: string;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  protocols: { name: string; metadata: string }[];
  assignment: string;
};

/** The stored form of a group without a rebalance: after a restart of the broker, its members continue unaffected. */
export type StoredGroup = {
  generation: number;
  protocolType: string | null;
  protocol: string | null;
  leader: string | null;
  members: StoredMember[];
};

/** Only a group without a rebalance in progress can be stored. */
const isAtRest = ({ phase }: Group): boolean => phase === 'Stable' || phase === 'Empty';

/** Whether the stored forms of `before` and `after` differ. */
export const isWorthStoring = (before: Group, after: Group): boolean =>
  isAtRest(after) &&
  (before.phase !== after.phase ||
    before.generation !== after.generation ||
    [...before.members.keys()].join() !== [...after.members.keys()].join());

const base64 = (bytes: Buffer): string => bytes.toString('base64');

export const storedGroup = ({ generation, protocolType, protocol, leader, members }: Group): StoredGroup => ({
  generation,
  protocolType,
  protocol,
  leader,
  members: [...members.values()].map(storedMember),
});

const storedMember = (member: Member): StoredMember => {
  const { id, instanceId, clientId, clientHost, sessionTimeoutMs, rebalanceTimeoutMs } = member;
  return {
    ...{ id, instanceId, clientId, clientHost, sessionTimeoutMs, rebalanceTimeoutMs },
    protocols: member.protocols.map(({ name, metadata }) => ({ name, metadata: base64(metadata) })),
    assignment: base64(member.assignment),
  };
};

/** Every member gets a full session timeout to send its next request. */
export const restoredGroup = ({ members, ...stored }: StoredGroup, now: number): Group => ({
  ...emptyGroup,
  ...stored,
  phase: members.length === 0 ? 'Empty' : 'Stable',
  members: new Map(members.map((member) => [member.id, restoredMember(member, now)])),
});

const restoredMember = (member: StoredMember, now: number): Member => ({
  ...member,
  protocols: member.protocols.map(({ name, metadata }) => ({
    name,
    metadata: Buffer.from(metadata, 'base64'),
  })),
  assignment: Buffer.from(member.assignment, 'base64'),
  expiresAt: now + member.sessionTimeoutMs,
  joining: null,
  syncing: null,
  synced: true,
});
