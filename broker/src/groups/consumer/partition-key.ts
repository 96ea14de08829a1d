/** One partition of one topic, by the id of the topic: `0f…/3`. A recreated topic has other keys. */
export type PartitionKey = string;

export const partitionKey = (topicId: string, partition: number): PartitionKey => `${topicId}/${partition}`;

export const topicIdOf = (key: PartitionKey): string => key.slice(0, key.indexOf('/'));

const partitionOf = (key: PartitionKey): number => Number(key.slice(key.indexOf('/') + 1));

/** The partitions of each topic, in order, as responses list them. */
export const byTopic = (keys: Iterable<PartitionKey>): { topicId: string; partitions: number[] }[] => {
  const topics = new Map<string, number[]>();
  for (const key of keys) {
    const partitions = topics.get(topicIdOf(key)) ?? [];
    partitions.push(partitionOf(key));
    topics.set(topicIdOf(key), partitions);
  }
  return [...topics].map(([topicId, partitions]) => ({
    topicId,
    partitions: partitions.toSorted((a, b) => a - b),
  }));
};

/** The keys of the partitions that a request lists by topic. */
export const keysOf = (topics: readonly { topicId: string; partitions: number[] }[]): PartitionKey[] =>
  topics.flatMap(({ topicId, partitions }) => partitions.map((each) => partitionKey(topicId, each)));
