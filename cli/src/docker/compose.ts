import { stringify } from 'yaml';
import { topicsOf, upstreamVariable } from '../system/service-environment.js';
import type { Service, System } from '../system/system.js';
import { brokerContainers, KAFKA_INSIDE } from './kafka-containers.js';
import { databaseContainers, databaseUrlOf } from './postgres-containers.js';
import { published } from './container.js';
import type { Container } from './container.js';

/** `docker-compose.yml`: the whole system in development mode, on Kafka and PostgreSQL. */
export function composeFile(system: System): string {
  const { services, docker } = system;
  const containers: Record<string, Container> = {
    ...(services.some(usesKafka) && brokerContainers(system.broker)),
    ...(services.some(({ database }) => database) && databaseContainers(services)),
    redis: { image: 'redis:7-alpine', profiles: ['redis'], healthcheck: check('redis-cli ping') },
    ...Object.fromEntries(services.map((service) => [service.name, container(system, service)])),
  };
  const volumes = Object.values(containers).flatMap((one) => one.volumes ?? []);
  const names = volumes.map((volume) => volume.split(':')[0]!);
  return `# Made from msx.yaml by "msx render". Services publish no port: docker-compose.ports.yml does, for those who want it.
${stringify(
  {
    services: containers,
    volumes: Object.fromEntries(names.map((name) => [name, {}])),
    networks: { default: { name: docker.network } },
  },
  { lineWidth: 120, aliasDuplicateObjects: false },
)}`;
}

/** `docker-compose.ports.yml`: each service on the port it has on a laptop. */
export function portsFile({ services }: System): string {
  const grpc = services.filter(({ kind }) => kind === 'grpc');
  const ports = grpc.map(({ name, port }) => [name, { ports: [published(name, port)] }]);
  return `# Made from msx.yaml by "msx render": docker-compose -f docker-compose.yml -f docker-compose.ports.yml up
${stringify({ services: Object.fromEntries(ports) })}`;
}

/** Callers look for containers anew when they connect anew: so soon a container that `--scale` adds gets its share. */
const CONNECTION_AGE_S = '10';

const usesKafka = ({ needs, publishes, consumes, follows }: Service): boolean =>
  needs.includes('kafka') || [...publishes, ...consumes, ...follows].length > 0;

function container(system: System, service: Service): Container {
  const { name, path, kind, port } = service;
  return {
    build: { context: '.', dockerfile: `${path}/Dockerfile` },
    image: `${system.docker.images}/${name}:\${TAG:-latest}`,
    environment: environment(system, service),
    depends_on: {
      ...(usesKafka(service) && { kafka: { condition: 'service_healthy' } }),
      ...(service.database && { databases: { condition: 'service_completed_successfully' } }),
      ...Object.fromEntries(service.calls.map((callee) => [callee, { condition: 'service_healthy' }])),
    },
    ...(kind === 'graphql' && { ports: [published(name, port)] }),
    restart: 'unless-stopped',
    stop_grace_period: '10s',
  };
}

function environment(system: System, service: Service): Record<string, string> {
  const { name, auth, services } = system;
  const calls = services.filter((other) => service.calls.includes(other.name));
  const topics = topicsOf(system, service);
  return {
    NODE_ENV: 'development',
    HOST: '0.0.0.0',
    PORT: String(service.port),
    HEALTH_PORT: String(service.healthPort),
    AUTH: 'optional',
    ...(service.kind === 'grpc' && { GRPC_MAX_CONNECTION_AGE: CONNECTION_AGE_S }),
    LOG_LEVEL: '${LOG_LEVEL:-info}',
    ...(usesKafka(service) && { KAFKA_BROKERS: KAFKA_INSIDE, TOPICS: topics }),
    ...(service.database && { DATABASE_URL: databaseUrlOf(service) }),
    ...Object.fromEntries(
      calls.map((callee) => [upstreamVariable(callee.name), `${callee.name}:${callee.port}`]),
    ),
    ...(auth && { JWT_ISSUER: name, JWT_AUDIENCE: name, JWKS: '${JWKS:-}' }),
    ...(auth?.issuer === service.name && { JWT_KEYS: '${JWT_KEYS:-}' }),
    ...(service.kind === 'graphql' && { REDIS_URL: '${REDIS_URL:-}' }),
  };
}

const check = (command: string) => ({
  test: ['CMD-SHELL', command],
  interval: '2s',
  timeout: '5s',
  retries: 30,
});
