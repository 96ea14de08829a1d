import type { ConsumerGroup, ConsumerMember } from './consumer-group.js';
import { byTopic, keysOf, type PartitionKey } from './partition-key.js';

/** Partitions by topic id. */
type StoredPartitions = Record<string, number[]>;
type StoredMember = {
  id: string;
  instanceId: string | null;
  rackId: string | null;
  clientId: string;
  clientHost: string;
  rebalanceTimeoutMs: number;
  serverAssignor: string | null;
  topicNames: string[];
  topicRegex: string;
  epoch: number;
  previousEpoch: number;
  state: ConsumerMember['state'];
  assigned: StoredPartitions;
  revoking: StoredPartitions;
  target: StoredPartitions;
  classic: { sessionTimeoutMs: number; protocols: { name: string; metadata: string }[] } | null;
};

/** The stored form of a group: everything but its timers. */
export type StoredConsumerGroup = {
  epoch: number;
  assignmentEpoch: number;
  assignor: string;
  topics: string;
  members: StoredMember[];
};

/** Whether the stored forms of `before` and `after` differ; the renewal of a session is not stored. */
export const isWorthStoring = (before: ConsumerGroup, after: ConsumerGroup): boolean =>
  before.epoch !== after.epoch ||
  before.assignmentEpoch !== after.assignmentEpoch ||
  before.members.size !== after.members.size ||
  [...after.members.values()].some((member) => before.members.get(member.id) !== member);

export const storedConsumerGroup = (group: ConsumerGroup): StoredConsumerGroup => {
  const { epoch, assignmentEpoch, assignor, topics, members, targets } = group;
  return {
    ...{ epoch, assignmentEpoch, assignor, topics },
    members: [...members.values()].map(({ revokeBy: _, ...member }) => ({
      ...member,
      topicNames: [...member.topicNames],
      assigned: storedPartitions(member.assigned),
      revoking: storedPartitions(member.revoking),
      target: storedPartitions(targets.get(member.id) ?? []),
      classic: member.classic && {
        ...member.classic,
        protocols: member.classic.protocols.map(({ name, metadata }) => ({
          name,
          metadata: metadata.toString('base64'),
        })),
      },
    })),
  };
};

const storedPartitions = (keys: Iterable<PartitionKey>): StoredPartitions =>
  Object.fromEntries(byTopic(keys).map(({ topicId, partitions }) => [topicId, partitions]));

/** Every member gets a full session timeout, and a full rebalance timeout where it has partitions to give up. */
export const restoredConsumerGroup = (
  { members, ...stored }: StoredConsumerGroup,
  { now, sessionTimeoutMs }: { now: number; sessionTimeoutMs: number },
): ConsumerGroup => ({
  ...stored,
  assignedAt: -Infinity,
  members: new Map(members.map((member) => [member.id, restoredMember(member, now)])),
  targets: new Map(members.map(({ id, target }) => [id, restoredPartitions(target)])),
  sessions: new Map(
    members.map(({ id, classic }) => [id, now + (classic?.sessionTimeoutMs ?? sessionTimeoutMs)]),
  ),
});

const restoredMember = ({ target: _, ...member }: StoredMember, now: number): ConsumerMember => ({
  ...member,
  assigned: restoredPartitions(member.assigned),
  revoking: restoredPartitions(member.revoking),
  classic: member.classic && {
    ...member.classic,
    protocols: member.classic.protocols.map(({ name, metadata }) => ({
      name,
      metadata: Buffer.from(metadata, 'base64'),
    })),
  },
  revokeBy: member.state === 'unrevoked' && member.epoch >= 0 ? now + member.rebalanceTimeoutMs : Infinity,
});

const restoredPartitions = (stored: StoredPartitions): Set<PartitionKey> =>
  new Set(keysOf(Object.entries(stored).map(([topicId, partitions]) => ({ topicId, partitions }))));
