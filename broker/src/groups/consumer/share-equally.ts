import type { Assignee, AssignorInput, Assignment } from './assignment.js';
import { numbersInHashOrder } from './hash-order.js';
import { byTopic, partitionKey, type PartitionKey } from './partition-key.js';

/**
 * The assignment of members with the same subscription. Each keeps what it had up to its share; what is left goes to
 * those that have less, one after another.
 */
export const shareEqually = ({ members, partitions }: AssignorInput): Assignment => {
  const owned = new Set(members.flatMap(({ previous }) => [...previous]));
  const all = [...members[0]!.topics].flatMap((id) =>
    Array.from({ length: partitions.get(id)! }, (_, index) => partitionKey(id, index)),
  );
  const had = members.map(keptFirst);
  const shares = sharesOf(had, all.length);
  const free = [
    ...all.filter((key) => !owned.has(key)),
    ...had.flatMap((keys, index) => keys.slice(shares[index]!)),
  ];
  let next = 0;
  const shareAt = (index: number): PartitionKey[] => {
    const kept = had[index]!.slice(0, shares[index]!);
    return [...kept, ...free.slice(next, (next += shares[index]! - kept.length))];
  };
  return new Map(members.map(({ id }, index) => [id, new Set(shareAt(index))]));
};

/** How many each gets: one more than the others for those that had as much, and if these are too few, for the last. */
const sharesOf = (had: readonly (readonly PartitionKey[])[], total: number): number[] => {
  const least = Math.floor(total / had.length);
  let extras = total % had.length;
  return had.map(({ length }, index) => {
    const isNeeded = had.length - index <= extras;
    if (extras === 0 || (length <= least && !isNeeded)) return least;
    extras--;
    return least + 1;
  });
};

/** What a member had of its topics; what it has to give up is at the end. */
const keptFirst = ({ previous, topics }: Assignee): PartitionKey[] => {
  const had = new Map(byTopic(previous).map(({ topicId, partitions }) => [topicId, partitions]));
  return [...topics].flatMap((topicId) =>
    numbersInHashOrder(had.get(topicId) ?? []).map((index) => partitionKey(topicId, index)),
  );
};
