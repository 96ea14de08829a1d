import {
  KAFKA_DATA,
  KAFKA_IMAGES,
  SINGLE_BROKER,
  WITH_ZOOKEEPER,
  ZOOKEEPER,
  ZOOKEEPER_PORT,
} from '../docker/kafka-settings.js';
import { usesKafka } from './cluster.js';
import type { Cluster } from './cluster.js';
import { labelsOf } from './labels.js';
import type { Manifest } from './manifest.js';
import { networkPolicy } from './network-policies.js';
import { envOf } from './pod.js';
import { clusterService, statefulSet } from './stateful-set.js';

export const KAFKA_PORT = 9092;
const CONTROLLER_PORT = 9093;
/** The user id in the images. */
const USER_ID = 1000;

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
  ...LISTENERS,
  KAFKA_LISTENERS: `${LISTENERS.KAFKA_LISTENERS},CONTROLLER://localhost:${CONTROLLER_PORT}`,
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: `${LISTENERS.KAFKA_LISTENER_SECURITY_PROTOCOL_MAP},CONTROLLER:PLAINTEXT`,
};

/** One broker, as with compose. Whoever needs more points `environments` to an external Kafka. */
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
      image: KAFKA_IMAGES[kafka],
      user: USER_ID,
      port: KAFKA_PORT,
      portName: 'kafka',
      env: envOf({
        ...(kafka === 'zookeeper' ? { ...WITH_ZOOKEEPER, ...LISTENERS } : KRAFT),
        ...SINGLE_BROKER,
        KAFKA_LOG_DIRS: `${KAFKA_DATA}/log`,
        KAFKA_HEAP_OPTS: '-Xms256m -Xmx512m',
      }),
      data: KAFKA_DATA,
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
      image: ZOOKEEPER.image,
      user: USER_ID,
      port: ZOOKEEPER_PORT,
      portName: 'client',
      env: envOf(ZOOKEEPER.env),
      data: ZOOKEEPER.data,
      folders: ZOOKEEPER.folders,
      storage: '2Gi',
      resources: ['100m', '256Mi', '512Mi'],
    }),
    networkPolicy(system, 'zookeeper', { from: [{ pods: ['kafka'], ports: [ZOOKEEPER_PORT] }], to: [] }),
  ];
}
