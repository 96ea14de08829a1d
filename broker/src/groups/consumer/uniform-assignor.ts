import type { Assignee, AssignorInput, Assignment } from './assignment.js';
import { partitionKey, topicIdOf, type PartitionKey } from './partition-key.js';

type Shares = Map<string, Set<PartitionKey>>;

/**
 * Gives all members the same number of partitions, or one more, and moves as few as it can (Kafka's UniformAssignor).
 * Members with different subscriptions are balanced as far as these allow.
 */
export const assignUniform = (input: AssignorInput): Assignment => {
  const all = allPartitions(input);
  return haveSameTopics(input.members) ? shareEqually(input.members, all) : balance(input.members, all);
};

const allPartitions = ({ members, partitions }: AssignorInput): PartitionKey[] => {
  const subscribed = new Set(members.flatMap(({ topics }) => [...topics]));
  return [...partitions]
    .filter(([topicId]) => subscribed.has(topicId))
    .flatMap(([topicId, count]) => Array.from({ length: count }, (_, index) => partitionKey(topicId, index)));
};

const haveSameTopics = ([first, ...others]: readonly Assignee[]): boolean =>
  others.every(
    ({ topics }) => topics.size === first!.topics.size && [...topics].every((id) => first!.topics.has(id)),
  );

/** Every member keeps what it had up to its quota; the rest fills the quotas of the others. */
const shareEqually = (members: readonly Assignee[], all: PartitionKey[]): Shares => {
  const free = new Set(all);
  const quota = Math.floor(all.length / members.length);
  let extras = all.length % members.length;
  const shares: Shares = new Map();
  for (const { id, previous } of members) {
    const kept = [...previous].filter((key) => free.has(key));
    const limit = kept.length > quota && extras > 0 ? quota + 1 : quota;
    if (limit > quota) extras--;
    shares.set(id, new Set(kept.slice(0, limit)));
    for (const key of shares.get(id)!) free.delete(key);
  }
  const rest = free.values();
  for (const share of shares.values()) while (share.size < quota) share.add(rest.next().value!);
  for (const share of shares.values())
    if (share.size === quota && extras-- > 0) share.add(rest.next().value!);
  return shares;
};

/** Every member keeps what it had; then partitions move to members that have at least two fewer. */
const balance = (members: readonly Assignee[], all: PartitionKey[]): Shares => {
  const free = new Set(all);
  const shares: Shares = new Map(members.map(({ id }) => [id, new Set()]));
  for (const { id, previous, topics } of members)
    for (const key of previous) if (topics.has(topicIdOf(key)) && free.delete(key)) shares.get(id)!.add(key);
  const subscribers = subscribersOf(members, shares);
  const least = (key: PartitionKey): Set<PartitionKey> =>
    subscribers.get(topicIdOf(key))!.reduce((a, b) => (b.size < a.size ? b : a));
  for (const key of free) least(key).add(key);
  while (improve(shares, least));
  return shares;
};

/** Moves what can be moved to a member that has at least two fewer; false if there is nothing. */
const improve = (shares: Shares, least: (key: PartitionKey) => Set<PartitionKey>): boolean => {
  let isImproved = false;
  const smallest = Math.min(...[...shares.values()].map(({ size }) => size));
  for (const share of shares.values())
    for (const key of share) {
      if (share.size < smallest + 2) break;
      const target = least(key);
      if (share.size < target.size + 2) continue;
      share.delete(key);
      target.add(key);
      isImproved = true;
    }
  return isImproved;
};

/** The shares of those that subscribe to each topic. */
const subscribersOf = (members: readonly Assignee[], shares: Shares): Map<string, Set<PartitionKey>[]> => {
  const subscribers = new Map<string, Set<PartitionKey>[]>();
  for (const { id, topics } of members)
    for (const topicId of topics) {
      const others = subscribers.get(topicId) ?? [];
      others.push(shares.get(id)!);
      subscribers.set(topicId, others);
    }
  return subscribers;
};
