import { findTopics } from './find-topic.js';
import { settingsOf } from './topic-settings.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import type { KafkaSession } from '../kafka/kafka-session.js';

export type Configs = Readonly<Record<string, string>>;

export interface TopicChange {
  /** The new number of partitions. */
  readonly partitions?: number;
  readonly configs?: Configs;
  /** Settings that return to the default of the broker. */
  readonly unset?: readonly string[];
}

interface NewTopic {
  readonly partitions?: number;
  readonly replication?: number;
  readonly configs?: Configs;
}

/** The topic has the broker's defaults for what is left out (KIP-464). Throws KAFKA_REFUSED. */
export async function createTopic(
  { admin, address }: KafkaSession,
  topic: string,
  { partitions = -1, replication = -1, configs = {} }: NewTopic,
): Promise<number> {
  const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }));
  const isNew = await admin.createTopics({
    topics: [{ topic, numPartitions: partitions, replicationFactor: replication, configEntries }],
  });
  if (!isNew) throw new MsxError('KAFKA_REFUSED', { address, reason: `the topic ${topic} already exists` });
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  return topics[0]!.partitions.length;
}

/** Adds partitions and changes settings. Throws TOPIC_MISSING, USAGE, KAFKA_REFUSED. */
export async function alterTopic(session: KafkaSession, topic: string, change: TopicChange): Promise<void> {
  await findTopics(session, [topic]);
  const { admin } = session;
  const { partitions, configs = {}, unset = [] } = change;
  if (partitions !== undefined) await grow(session, topic, partitions);
  if (Object.keys(configs).length === 0 && unset.length === 0) return;
  // AlterConfigs replaces all settings of a topic, so those that are not changed are sent again.
  const current = (await settingsOf(admin, [topic])).get(topic) ?? [];
  const kept = current.filter(({ name, isDefault }) => !isDefault && !unset.includes(name));
  const all = { ...Object.fromEntries(kept.map(({ name, value }) => [name, value])), ...configs };
  const configEntries = Object.entries(all).map(([name, value]) => ({ name, value }));
  await admin.alterConfigs({ validateOnly: false, resources: [{ type: 2, name: topic, configEntries }] });
}

async function grow({ admin }: KafkaSession, topic: string, count: number): Promise<void> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const { length: current } = topics[0]!.partitions;
  if (count < current)
    throw new MsxError('USAGE', {
      reason: `${topic} has ${current} partitions: Kafka can add partitions, but cannot remove any`,
    });
  if (count > current) await admin.createPartitions({ topicPartitions: [{ topic, count }] });
}

/** Throws TOPIC_MISSING, KAFKA_REFUSED. */
export async function deleteTopics(session: KafkaSession, topics: readonly string[]): Promise<void> {
  await findTopics(session, topics);
  await session.admin.deleteTopics({ topics: [...topics] });
}
