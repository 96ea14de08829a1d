/** What Kafka and ZooKeeper are given in containers, whoever runs those: one broker each. */

export const ZOOKEEPER_PORT = 2181;

/** Apache Kafka 3.9 is the last that runs with ZooKeeper; 4 runs by itself (KIP-500). */
export const KAFKA_IMAGES = {
  zookeeper: 'confluentinc/cp-kafka:7.9.0',
  kraft: 'apache/kafka:4.3.1',
} as const;

export const KAFKA_DATA = '/var/lib/kafka/data';

/** Nothing can be replicated. */
export const SINGLE = {
  KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 1,
  KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: 1,
  KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: 1,
  KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: 0,
};

export const WITH_ZOOKEEPER = {
  KAFKA_BROKER_ID: 1,
  KAFKA_ZOOKEEPER_CONNECT: `zookeeper:${ZOOKEEPER_PORT}`,
  /** Of a broker that was killed: until ZooKeeper has forgotten it, another one of its id ends at once. */
  KAFKA_ZOOKEEPER_SESSION_TIMEOUT_MS: 6000,
};

export const ZOOKEEPER = {
  image: 'confluentinc/cp-zookeeper:7.9.0',
  env: { ZOOKEEPER_CLIENT_PORT: ZOOKEEPER_PORT, ZOOKEEPER_TICK_TIME: 2000 },
  data: '/var/lib/zookeeper',
  /** Images differ in where below it they write, and declare volumes there; what it forgets, Kafka does not start with again. */
  folders: ['data', 'log'],
};
