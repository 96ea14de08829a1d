import { describeLogDirs } from '../kafka/describe-log-dirs.js';
import type { KafkaSession } from '../kafka/kafka-session.js';

/** The size of each partition's log in bytes; empty if the broker does not say. */
export async function sizesOf({ admin, cluster }: KafkaSession, topic: string): Promise<Map<number, number>> {
  await cluster.refreshMetadata();
  const { brokers } = await admin.describeCluster();
  const sizes = new Map<number, number>();
  for (const { nodeId } of brokers) {
    const node = await cluster.findBroker({ nodeId: String(nodeId) });
    for (const { partition, bytes } of await describeLogDirs(node, topic))
      sizes.set(partition, Math.max(bytes, sizes.get(partition) ?? 0));
  }
  return sizes;
}
