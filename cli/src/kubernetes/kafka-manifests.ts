import { usesKafka } from './cluster.js';
import type { Cluster } from './cluster.js';
import { labelsOf } from './labels.js';
import type { Manifest } from './manifest.js';
import { networkPolicy } from './network-policies.js';
import { envOf } from './pod.js';
import { clusterService, statefulSet } from './stateful-set.js';

export const KAFKA_PORT = 9092;
const ZOOKEEPER_PORT = 2181;
const CONTROLLER_PORT = 9093;
/** Of the user of the images. */
const USER = 1000;

/** One broker, so that nothing can be replicated: what wants more has `environments` point to a Kafka that others run. */
const SINGLE = {
  KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 1,
  KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: 1,
  KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: 1,
  KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: 0,
  KAFKA_HEAP_OPTS: '-Xms256m -Xmx512m',
};

const LISTENERS = {
  KAFKA_LISTENERS: `INSIDE://0.0.0.0:${KAFKA_PORT}`,
  KAFKA_ADVERTISED_LISTENERS: `INSIDE://kafka:${KAFKA_PORT}`,
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'INSIDE:PLAINTEXT',
  KAFKA_INTER_BROKER_LISTENER_NAME: 'INSIDE',
};

const KRAFT = {
  KAFKA_NODE_ID: 1,
  KAFKA_PROCESS_ROLES: 'broker,controller',
  KAFKA_CONTROLLER_QUORUM_VOTERS: `1@localhost:${CONTROLLER_PORT}`,
  KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
  KAFKA_LOG_DIRS: '/var/lib/kafka/data/log',
  ...LISTENERS,
  KAFKA_LISTENERS: `${LISTENERS.KAFKA_LISTENERS},CONTROLLER://localhost:${CONTROLLER_PORT}`,
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: `${LISTENERS.KAFKA_LISTENER_SECURITY_PROTOCOL_MAP},CONTROLLER:PLAINTEXT`,
};

const WITH_ZOOKEEPER = {
  KAFKA_BROKER_ID: 1,
  KAFKA_ZOOKEEPER_CONNECT: `zookeeper:${ZOOKEEPER_PORT}`,
  KAFKA_ZOOKEEPER_SESSION_TIMEOUT_MS: 6000,
  KAFKA_LOG_DIRS: '/var/lib/kafka/data/log',
  ...LISTENERS,
};

/** Kafka as compose runs it; nothing where others run it. */
export function kafkaManifests({ system, kafka }: Cluster): Manifest[] {
  if (kafka || !system.services.some(usesKafka)) return [];
  return system.broker.kafka === 'zookeeper'
    ? [...zookeeper(system.name), ...broker(system, ['zookeeper'])]
    : broker(system, []);
}

function broker({ name, services, broker: { kafka } }: Cluster['system'], needs: string[]): Manifest[] {
  const clients = services.filter(usesKafka).map((service) => service.name);
  return [
    clusterService(labelsOf(name, 'kafka'), { port: KAFKA_PORT, portName: 'kafka' }),
    statefulSet(labelsOf(name, 'kafka'), {
      image: kafka === 'zookeeper' ? 'confluentinc/cp-kafka:7.9.0' : 'apache/kafka:4.3.1',
      user: USER,
      port: KAFKA_PORT,
      portName: 'kafka',
      env: envOf({ ...(kafka === 'zookeeper' ? WITH_ZOOKEEPER : KRAFT), ...SINGLE }),
      volumes: { data: '/var/lib/kafka/data' },
      storage: '10Gi',
      resources: ['250m', '768Mi', '1536Mi'],
    }),
    networkPolicy(name, 'kafka', {
      from: [{ pods: ['kafka', ...clients], ports: [KAFKA_PORT] }],
      to: [
        { pods: ['kafka'], ports: [KAFKA_PORT] },
        ...needs.map((pod) => ({ pods: [pod], ports: [ZOOKEEPER_PORT] })),
      ],
    }),
  ];
}

function zookeeper(system: string): Manifest[] {
  return [
    clusterService(labelsOf(system, 'zookeeper'), { port: ZOOKEEPER_PORT, portName: 'client' }),
    statefulSet(labelsOf(system, 'zookeeper'), {
      image: 'confluentinc/cp-zookeeper:7.9.0',
      user: USER,
      port: ZOOKEEPER_PORT,
      portName: 'client',
      env: envOf({ ZOOKEEPER_CLIENT_PORT: ZOOKEEPER_PORT, ZOOKEEPER_TICK_TIME: 2000 }),
      volumes: { data: '/var/lib/zookeeper' },
      storage: '2Gi',
      resources: ['100m', '256Mi', '512Mi'],
    }),
    networkPolicy(system, 'zookeeper', { from: [{ pods: ['kafka'], ports: [ZOOKEEPER_PORT] }], to: [] }),
  ];
}
