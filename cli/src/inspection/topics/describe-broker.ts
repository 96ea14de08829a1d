import { listGroups } from '../kafka/list-groups.js';
import { messagesIn } from './lag.js';
import { rangesOf } from './topic-ranges.js';
import type { KafkaSession } from '../kafka/kafka-session.js';

/** What a Kafka holds, in numbers. */
export interface BrokerContents {
  readonly clusterId: string;
  /** The brokers of the cluster, as `id@host:port`. */
  readonly nodes: readonly string[];
  readonly topics: number;
  readonly partitions: number;
  readonly messages: number;
  readonly groups: number;
}

/** Topics of Kafka's own are not counted. */
export async function describeBroker(session: KafkaSession): Promise<BrokerContents> {
  const { admin } = session;
  const { brokers, clusterId } = await admin.describeCluster();
  const topics = (await admin.listTopics()).filter((topic) => !topic.startsWith('__'));
  const ranges = [...(await rangesOf(session, topics)).values()];
  const groups = await listGroups(session);
  return {
    clusterId,
    nodes: brokers.map(({ nodeId, host, port }) => `${nodeId}@${host}:${port}`),
    topics: topics.length,
    partitions: ranges.reduce((sum, own) => sum + own.length, 0),
    messages: ranges.reduce((sum, own) => sum + messagesIn(own), 0),
    groups: groups.length,
  };
}
