import type { ConsumerGroup, ConsumerMember } from './consumer-group.js';
import { byTopic, keysOf, partitionKey, type PartitionKey } from './partition-key.js';
import { SESSION_TIMEOUT_MS } from './step.js';

/** Partitions by topic id. */
type StoredPartitions = Record<string, number[]>;
/** Pairs of partition and epoch by topic id, one after the other. */
type StoredEpochs = Record<string, number[]>;

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
  assigned: StoredEpochs;
  revoking: StoredEpochs;
  target: StoredPartitions;
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
      assigned: storedEpochs(member.assigned),
      revoking: storedEpochs(member.revoking),
      target: storedPartitions(targets.get(member.id) ?? []),
    })),
  };
};

const storedPartitions = (keys: Iterable<PartitionKey>): StoredPartitions =>
  Object.fromEntries(byTopic(keys).map(({ topicId, partitions }) => [topicId, partitions]));

const storedEpochs = (epochs: ReadonlyMap<PartitionKey, number>): StoredEpochs =>
  Object.fromEntries(
    byTopic(epochs.keys()).map(({ topicId, partitions }) => [
      topicId,
      partitions.flatMap((partition) => [partition, epochs.get(partitionKey(topicId, partition))!]),
    ]),
  );

/** Every member gets a full session timeout, and a full rebalance timeout where it has partitions to give up. */
export const restoredConsumerGroup = (
  { members, ...stored }: StoredConsumerGroup,
  now: number,
): ConsumerGroup => ({
  ...stored,
  members: new Map(members.map((member) => [member.id, restoredMember(member, now)])),
  targets: new Map(members.map(({ id, target }) => [id, new Set(restoredPartitions(target))])),
  sessions: new Map(members.map(({ id }) => [id, now + SESSION_TIMEOUT_MS])),
});

const restoredMember = ({ target: _, ...member }: StoredMember, now: number): ConsumerMember => ({
  ...member,
  assigned: restoredEpochs(member.assigned),
  revoking: restoredEpochs(member.revoking),
  revokeBy: member.state === 'unrevoked' && member.epoch >= 0 ? now + member.rebalanceTimeoutMs : Infinity,
});

const restoredPartitions = (stored: StoredPartitions): PartitionKey[] =>
  keysOf(Object.entries(stored).map(([topicId, partitions]) => ({ topicId, partitions })));

const restoredEpochs = (stored: StoredEpochs): Map<PartitionKey, number> => {
  const epochs = new Map<PartitionKey, number>();
  for (const [topicId, pairs] of Object.entries(stored))
    for (let i = 0; i < pairs.length; i += 2) epochs.set(partitionKey(topicId, pairs[i]!), pairs[i + 1]!);
  return epochs;
};
