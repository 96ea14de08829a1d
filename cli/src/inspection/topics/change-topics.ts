import { findTopics } from './find-topic.js';
import { namedRequest } from '../kafka/named-request.js';
import { requestPartitions, requestSettings, requestTopic } from '../kafka/topic-requests.js';
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
  session: KafkaSession,
  topic: string,
  { partitions = -1, replication = -1, configs = {} }: NewTopic,
): Promise<number> {
  const created = requestTopic(session, { topic, partitions, replication, configs: Object.entries(configs) });
  return namedRequest(session, { doing: `create the topic ${topic}`, topic }, created);
}

/** Adds partitions and changes settings. Throws TOPIC_MISSING, USAGE, KAFKA_REFUSED. */
export async function alterTopic(session: KafkaSession, topic: string, change: TopicChange): Promise<void> {
  await findTopics(session, [topic]);
  const { partitions, configs = {}, unset = [] } = change;
  if (partitions !== undefined) await grow(session, topic, partitions);
  if (Object.keys(configs).length === 0 && unset.length === 0) return;
  const altered = requestSettings(session, topic, { configs: Object.entries(configs), unset });
  await namedRequest(session, { doing: `change the settings of ${topic}`, topic }, altered);
}

async function grow(session: KafkaSession, topic: string, count: number): Promise<void> {
  const { topics } = await session.admin.fetchTopicMetadata({ topics: [topic] });
  const { length: current } = topics[0]!.partitions;
  if (count < current)
    throw new MsxError('USAGE', {
      reason: `${topic} has ${current} partitions: Kafka can add partitions, but cannot remove any`,
    });
  if (count === current) return;
  const name = { doing: `add partitions to ${topic}`, topic };
  await namedRequest(session, name, requestPartitions(session, topic, count));
}

/** Throws TOPIC_MISSING, KAFKA_REFUSED. */
export async function deleteTopics(session: KafkaSession, topics: readonly string[]): Promise<void> {
  await findTopics(session, topics);
  const name = { doing: `delete ${topics.join(', ')}` };
  await namedRequest(session, name, session.admin.deleteTopics({ topics: [...topics] }));
}
