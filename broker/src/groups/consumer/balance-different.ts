import type { Assignee, AssignorInput, Assignment } from './assignment.js';
import { LoadRanges } from './load-ranges.js';
import { byTopic, partitionKey } from './partition-key.js';

/** Members with overlapping subscriptions may never be balanced perfectly. */
const MAX_ROUNDS = 16;
const NOBODY = -1;

/** A topic, its subscribers, and the owners of its partitions, all by the positions of members. */
interface Shared {
  readonly id: string;
  readonly subscribers: readonly number[];
  readonly owners: number[];
}

/**
 * The assignment of members with different subscriptions: each keeps what it had, what is free goes to those that have
 * the least, and then partitions move from those that have the most, topic by topic, until nothing can be improved.
 */
export const balanceDifferent = ({ members, partitions }: AssignorInput): Assignment => {
  const topics = sharedTopics(members, partitions);
  const sizes = members.map(() => 0);
  for (const { owners } of topics) for (const owner of owners) if (owner !== NOBODY) sizes[owner]!++;
  for (const topic of topics) handOut(topic, sizes);
  level(
    topics.filter(({ subscribers }) => subscribers.length > 1),
    sizes,
  );
  const shares = members.map(({ id }) => [id, new Set<string>()] as const);
  for (const { id, owners } of topics)
    for (const [index, owner] of owners.entries()) shares[owner]![1].add(partitionKey(id, index));
  return new Map(shares);
};

/** Topics with the most partitions for each subscriber come first, and of those the ones with the fewest subscribers. */
const sharedTopics = (members: readonly Assignee[], partitions: AssignorInput['partitions']): Shared[] => {
  const topics = [...partitions].map(([id, count]) => ({
    id,
    subscribers: [...members.keys()].filter((position) => members[position]!.topics.has(id)),
    owners: Array.from({ length: count }, () => NOBODY),
  }));
  const byId = new Map(topics.map((topic) => [topic.id, topic]));
  for (const [position, { previous, topics: subscribed }] of members.entries())
    for (const { topicId, partitions: indexes } of byTopic(previous))
      if (subscribed.has(topicId)) for (const index of indexes) byId.get(topicId)!.owners[index] = position;
  return topics
    .filter(({ subscribers }) => subscribers.length > 0)
    .sort(
      (a, b) =>
        b.owners.length / b.subscribers.length - a.owners.length / a.subscribers.length ||
        a.subscribers.length - b.subscribers.length,
    );
};

const handOut = ({ subscribers, owners }: Shared, sizes: number[]): void => {
  const ranges = new LoadRanges(subscribers, sizes);
  for (const [index, owner] of owners.entries()) {
    if (owner !== NOBODY) continue;
    owners[index] = ranges.least();
    sizes[owners[index]]!++;
  }
};

/** Goes through the topics until a whole round has changed nothing. */
const level = (topics: readonly Shared[], sizes: number[]): void => {
  let last: Shared | undefined;
  for (let round = 0; round < MAX_ROUNDS; round++)
    for (const topic of topics) {
      if (topic === last) return;
      if (levelTopic(topic, sizes) || !last) last = topic;
    }
};

/** Moves partitions of a topic, the last of a member first. Returns whether it has moved one. */
const levelTopic = ({ subscribers, owners }: Shared, sizes: number[]): boolean => {
  const held = subscribers.map((position) => sizes[position]!);
  if (Math.max(...held) - Math.min(...held) <= 1) return false;
  const ranges = new LoadRanges(subscribers, sizes);
  const giving = new Map(subscribers.map((position) => [position, [] as number[]]));
  for (const [index, owner] of owners.entries()) giving.get(owner)!.push(index);
  let isMoved = false;
  for (;;) {
    const from = ranges.most((position) => giving.get(position)!.length > 0);
    if (from === undefined) return isMoved;
    const index = giving.get(from)!.pop()!;
    const to = ranges.least();
    if (ranges.isLevel) return isMoved;
    owners[index] = to;
    sizes[from]!--;
    sizes[to]!++;
    isMoved = true;
  }
};
