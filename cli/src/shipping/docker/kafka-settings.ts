/** Settings of Kafka and ZooKeeper in containers, for compose and for Kubernetes: one broker each. */

export const ZOOKEEPER_PORT = 2181;

/** Apache Kafka 3.9 is the last version that runs with ZooKeeper; 4 runs without it (KIP-500). */
export const KAFKA_IMAGES = {
  zookeeper: 'confluentinc/cp-kafka:7.9.0',
  kraft: 'apache/kafka:4.3.1',
} as const;

export const KAFKA_DATA = '/var/lib/kafka/data';

/** A single broker has no replicas. */
export const SINGLE_BROKER = {
  KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 1,
  KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: 1,
  KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: 1,
  KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: 0,
};

export const WITH_ZOOKEEPER = {
  KAFKA_BROKER_ID: 1,
  KAFKA_ZOOKEEPER_CONNECT: `zookeeper:${ZOOKEEPER_PORT}`,
  /** After a broker was killed, a new one with its id exits at once until the old session has expired. */
  KAFKA_ZOOKEEPER_SESSION_TIMEOUT_MS: 6000,
};

export const ZOOKEEPER = {
  image: 'confluentinc/cp-zookeeper:7.9.0',
  env: { ZOOKEEPER_CLIENT_PORT: ZOOKEEPER_PORT, ZOOKEEPER_TICK_TIME: 2000 },
  data: '/var/lib/zookeeper',
  /** Images differ in the subfolders that they write to and declare as volumes. Kafka does not start if ZooKeeper dockerLost its data. */
  folders: ['data', 'log'],
};
