import type { KafkaSession } from '../kafka/kafka-session.js';
import type { PartitionRange } from './lag.js';

/** The offsets of these topics, by partition: two requests to each broker, however many topics there are. */
export async function rangesOf(
  { cluster }: KafkaSession,
  topics: readonly string[],
): Promise<Map<string, PartitionRange[]>> {
  if (topics.length === 0) return new Map();
  await cluster.addMultipleTargetTopics(topics);
  const partitions = new Map(
    topics.map((topic) => [
      topic,
      cluster.findTopicPartitionMetadata(topic).map(({ partitionId: partition }) => ({ partition })),
    ]),
  );
  const offsetsFrom = async (fromBeginning: boolean) => {
    const wanted = topics.map((topic) => ({ topic, partitions: partitions.get(topic)!, fromBeginning }));
    const found = await cluster.fetchTopicsOffset(wanted);
    const keyed = found.flatMap((each) =>
      each.partitions.map((one): [string, number] => [`${each.topic}/${one.partition}`, Number(one.offset)]),
    );
    return new Map(keyed);
  };
  const [low, high] = [await offsetsFrom(true), await offsetsFrom(false)];
  const rangeOf = (topic: string, partition: number): PartitionRange => {
    const key = `${topic}/${partition}`;
    return { partition, low: low.get(key) ?? 0, high: high.get(key) ?? 0 };
  };
  return new Map(
    [...partitions].map(([topic, own]) => [
      topic,
      own.map(({ partition }) => rangeOf(topic, partition)).sort((a, b) => a.partition - b.partition),
    ]),
  );
}
