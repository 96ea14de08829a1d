import type { Broker } from '../../model/system/system.js';
import { connectionCheck, published, publishedPort } from './container.js';
import type { Container } from './container.js';
import {
  KAFKA_DATA,
  KAFKA_IMAGES,
  SINGLE_BROKER,
  WITH_ZOOKEEPER,
  ZOOKEEPER,
  ZOOKEEPER_PORT,
} from './kafka-settings.js';

/** The address of Kafka for other containers; from the host it is reached at the port in msx.yaml. */
export const KAFKA_INSIDE = 'kafka:29092';

export function brokerContainers({ kafka, port }: Broker): Record<string, Container> {
  return kafka === 'zookeeper' ? withZookeeper(port) : { kafka: kraftContainer(port) };
}

const listeners = (port: number, outside: string | number = publishedPort('kafka', port)) => ({
  KAFKA_LISTENERS: `INSIDE://0.0.0.0:29092,OUTSIDE://0.0.0.0:${port}`,
  KAFKA_ADVERTISED_LISTENERS: `INSIDE://${KAFKA_INSIDE},OUTSIDE://localhost:${outside}`,
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT',
  KAFKA_INTER_BROKER_LISTENER_NAME: 'INSIDE',
});

function withZookeeper(port: number): Record<string, Container> {
  return {
    zookeeper: {
      image: ZOOKEEPER.image,
      environment: ZOOKEEPER.env,
      ports: [published('zookeeper', ZOOKEEPER_PORT)],
      volumes: [
        `zookeeper:${ZOOKEEPER.data}`,
        ...ZOOKEEPER.folders.map((folder) => `zookeeper-${folder}:${ZOOKEEPER.data}/${folder}`),
      ],
      healthcheck: connectionCheck(ZOOKEEPER_PORT),
      restart: 'unless-stopped',
    },
    kafka: {
      image: KAFKA_IMAGES.zookeeper,
      environment: {
        ...WITH_ZOOKEEPER,
        ...listeners(port),
        ...SINGLE_BROKER,
      },
      depends_on: { zookeeper: { condition: 'service_healthy' } },
      ...publishedKafka(port),
    },
  };
}

const kraftContainer = (port: number): Container => ({ ...kraft(listeners(port)), ...publishedKafka(port) });

/** Kafka for services that run outside containers: a single container, regardless of the compose setup. */
export const developmentKafka = (port: number) => ({ ...kraft(listeners(port, port)), data: KAFKA_DATA });

function kraft(own: ReturnType<typeof listeners>) {
  return {
    image: KAFKA_IMAGES.kraft,
    environment: {
      KAFKA_NODE_ID: 1,
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:29093',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LOG_DIRS: KAFKA_DATA,
      ...own,
      KAFKA_LISTENERS: `${own.KAFKA_LISTENERS},CONTROLLER://0.0.0.0:29093`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: `${own.KAFKA_LISTENER_SECURITY_PROTOCOL_MAP},CONTROLLER:PLAINTEXT`,
      ...SINGLE_BROKER,
    },
  };
}

const publishedKafka = (port: number) => ({
  ports: [published('kafka', port)],
  volumes: [`kafka-data:${KAFKA_DATA}`],
  healthcheck: connectionCheck(port),
  restart: 'unless-stopped',
});
