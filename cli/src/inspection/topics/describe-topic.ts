import { driftOf } from './drift.js';
import { findTopics } from './find-topic.js';
import { lagsOf } from './describe-topics.js';
import { rangesOf } from './topic-ranges.js';
import { settingsOf } from './topic-settings.js';
import { sizesOf } from './partition-sizes.js';
import type { KafkaSession } from '../kafka/kafka-session.js';
import type { System } from '../../model/system/system.js';
import type { TopicDrift } from './drift.js';
import type { GroupLag, PartitionRange } from './lag.js';

export interface PartitionState extends PartitionRange {
  /** The id of the broker that leads it. */
  readonly leader: number;
  readonly replicas: readonly number[];
  /** Absent if the broker does not serve DescribeLogDirs. */
  readonly bytes?: number;
}

export interface TopicDescription {
  readonly topic: string;
  readonly partitions: readonly PartitionState[];
  /** The settings that differ from the defaults of the broker. */
  readonly configs: Readonly<Record<string, string>>;
  readonly groups: readonly GroupLag[];
  readonly drift?: TopicDrift;
}

/** Everything about one topic. Throws TOPIC_MISSING. */
export async function describeTopic(
  session: KafkaSession,
  topic: string,
  system?: System,
): Promise<TopicDescription> {
  await findTopics(session, [topic]);
  const { admin } = session;
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const ranges = (await rangesOf(session, [topic])).get(topic)!;
  const settings = await settingsOf(admin, [topic]);
  const sizes = await sizesOf(session, topic);
  const own = settings.get(topic) ?? [];
  const lags = await lagsOf(session, new Map([[topic, ranges]]));
  const declared = system?.topics.find(({ name }) => name === topic);
  const drift = declared && driftOf(declared, { partitions: ranges.length, settings: own });
  const partitions = ranges.map((range) => {
    const { leader, replicas } = topics[0]!.partitions.find(
      ({ partitionId }) => partitionId === range.partition,
    )!;
    const bytes = sizes.get(range.partition);
    return { ...range, leader, replicas, ...(bytes !== undefined && { bytes }) };
  });
  const configs = own.filter(({ isDefault }) => !isDefault).map(({ name, value }) => [name, value]);
  return {
    topic,
    partitions,
    configs: Object.fromEntries(configs),
    groups: lags.get(topic) ?? [],
    ...(drift && { drift }),
  };
}
