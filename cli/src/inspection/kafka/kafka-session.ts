import { checkReachable } from './check-reachable.js';
import { kafkaError } from './kafka-error.js';
import { kafkaSettings } from './kafka-settings.js';
import { registerCodecs } from './register-codecs.js';
import type { Admin, Kafka } from 'kafkajs';
import type { KafkaNode } from './kafka-node.js';

/** A Kafka to connect to. */
export interface KafkaTarget {
  /** host:port, comma-separated. */
  readonly address: string;
  /** The variables with the credentials; see {@link kafkaSettings}. */
  readonly env?: NodeJS.ProcessEnv;
}

/** The part of kafkajs's `Cluster` that is used here: requests for which kafkajs has no public method. */
export interface KafkaCluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addMultipleTargetTopics(topics: readonly string[]): Promise<void>;
  findTopicPartitionMetadata(topic: string): readonly { readonly partitionId: number }[];
  fetchTopicsOffset(
    topics: readonly {
      topic: string;
      partitions: readonly { partition: number }[];
      fromBeginning: boolean;
    }[],
  ): Promise<{ topic: string; partitions: { partition: number; offset: string }[] }[]>;
  refreshMetadata(): Promise<void>;
  findLeaderForPartitions(topic: string, partitions: readonly number[]): Record<string, number[]>;
  findBroker(node: { nodeId: string }): Promise<KafkaNode>;
  findControllerBroker(): Promise<KafkaNode>;
  findGroupCoordinator(group: { groupId: string }): Promise<KafkaNode>;
}

/** The connections of one command. None of its clients creates topics. */
export interface KafkaSession {
  readonly address: string;
  readonly kafka: Kafka;
  readonly admin: Admin;
  readonly cluster: KafkaCluster;
}

const TIMEOUT_MS = 5000;

/** Connects, works, and disconnects. Throws KAFKA_UNREACHABLE, KAFKA_DENIED, KAFKA_REFUSED, USAGE. */
export async function withKafka<T>(
  { address, env = {} }: KafkaTarget,
  work: (session: KafkaSession) => Promise<T>,
): Promise<T> {
  const settings = kafkaSettings(env);
  await checkReachable(address, TIMEOUT_MS);
  const { default: kafkajs } = await import('kafkajs');
  registerCodecs(kafkajs);
  const kafka = new kafkajs.Kafka({
    ...{ clientId: 'msx', brokers: address.split(','), ...settings },
    ...{ connectionTimeout: TIMEOUT_MS, requestTimeout: TIMEOUT_MS * 2 },
    ...{ logLevel: kafkajs.logLevel.NOTHING, retry: { retries: 3, initialRetryTime: 100 } },
  });
  const session = { address, kafka, admin: kafka.admin(), cluster: clusterOf(kafka) };
  try {
    await Promise.all([session.admin.connect(), session.cluster.connect()]);
    return await work(session);
  } catch (error) {
    throw kafkaError(error, address);
  } finally {
    await Promise.all([session.admin.disconnect(), session.cluster.disconnect()]).catch(() => undefined);
  }
}

type CreateCluster = (options: object) => KafkaCluster;

/** kafkajs 2.2.4, the version that `package.json` pins, has the method that makes a `Cluster` under a symbol. */
function clusterOf(kafka: Kafka): KafkaCluster {
  const symbol = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === 'private:Kafka:createCluster',
  )!;
  const create = (kafka as unknown as Record<symbol, CreateCluster>)[symbol]!;
  return create({ metadataMaxAge: 300_000, allowAutoTopicCreation: false });
}
