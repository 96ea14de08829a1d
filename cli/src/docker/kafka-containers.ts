import type { Broker } from '../system/system.js';
import { listens, published, publishedPort } from './container.js';
import type { Container } from './container.js';

/** Where containers find Kafka; the machine they run on finds it at the port of msx.yaml. */
export const KAFKA_INSIDE = 'kafka:29092';

const ZOOKEEPER_PORT = 2181;

/** Of a broker that was killed, in milliseconds: until ZooKeeper has forgotten it, another one of its id ends at once. */
const SESSION_TIMEOUT = 6000;
const KAFKA_DATA = '/var/lib/kafka/data';

/** One broker each, so that nothing can be replicated. */
const SINGLE = {
  KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 1,
  KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: 1,
  KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: 1,
  KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: 0,
};

/** Apache Kafka 3.9 is the last that runs with ZooKeeper; 4 runs by itself (KIP-500). */
export function brokerContainers({ kafka, port }: Broker): Record<string, Container> {
  return kafka === 'zookeeper' ? withZookeeper(port) : { kafka: alone(port) };
}

const listeners = (port: number, outside: string | number = publishedPort('kafka', port)) => ({
  KAFKA_LISTENERS: `INSIDE://0.0.0.0:29092,OUTSIDE://0.0.0.0:${port}`,
  KAFKA_ADVERTISED_LISTENERS: `INSIDE://${KAFKA_INSIDE},OUTSIDE://localhost:${outside}`,
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT',
  KAFKA_INTER_BROKER_LISTENER_NAME: 'INSIDE',
});

/** Images differ in where below its folder ZooKeeper writes; what it forgets, Kafka does not start with again. */
function withZookeeper(port: number): Record<string, Container> {
  return {
    zookeeper: {
      image: 'confluentinc/cp-zookeeper:7.9.0',
      environment: { ZOOKEEPER_CLIENT_PORT: ZOOKEEPER_PORT, ZOOKEEPER_TICK_TIME: 2000 },
      ports: [published('zookeeper', ZOOKEEPER_PORT)],
      volumes: ['', '-data', '-log'].map(
        (part) => `zookeeper${part}:/var/lib/zookeeper${part.replace('-', '/')}`,
      ),
      healthcheck: listens(ZOOKEEPER_PORT),
      restart: 'unless-stopped',
    },
    kafka: {
      image: 'confluentinc/cp-kafka:7.9.0',
      environment: {
        KAFKA_BROKER_ID: 1,
        KAFKA_ZOOKEEPER_CONNECT: `zookeeper:${ZOOKEEPER_PORT}`,
        KAFKA_ZOOKEEPER_SESSION_TIMEOUT_MS: SESSION_TIMEOUT,
        ...listeners(port),
        ...SINGLE,
      },
      depends_on: { zookeeper: { condition: 'service_healthy' } },
      ...reachable(port),
    },
  };
}

const alone = (port: number): Container => ({ ...byItself(listeners(port)), ...reachable(port) });

/** Kafka for services that run on this machine: one container, needing no other, whatever compose runs. */
export const developmentKafka = (port: number) => ({ ...byItself(listeners(port, port)), data: KAFKA_DATA });

function byItself(own: ReturnType<typeof listeners>) {
  return {
    image: 'apache/kafka:4.3.1',
    environment: {
      KAFKA_NODE_ID: 1,
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:29093',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LOG_DIRS: KAFKA_DATA,
      ...own,
      KAFKA_LISTENERS: `${own.KAFKA_LISTENERS},CONTROLLER://0.0.0.0:29093`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: `${own.KAFKA_LISTENER_SECURITY_PROTOCOL_MAP},CONTROLLER:PLAINTEXT`,
      ...SINGLE,
    },
  };
}

const reachable = (port: number) => ({
  ports: [published('kafka', port)],
  volumes: [`kafka-data:${KAFKA_DATA}`],
  healthcheck: listens(port),
  restart: 'unless-stopped',
});
