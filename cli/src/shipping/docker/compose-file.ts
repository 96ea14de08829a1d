import { stringify } from 'yaml';
import { callersOf, sessionsOf, topicsOf, upstreamVariable } from '../../model/system/service-environment.js';
import type { Service, System } from '../../model/system/system.js';
import { brokerContainers, KAFKA_INSIDE } from './kafka-containers.js';
import { databaseContainers, databaseSecretOf } from './postgres-containers.js';
import { published } from './container.js';
import type { Container } from './container.js';

/** `docker-compose.yml`: the whole system in development mode, on Kafka and PostgreSQL. */
export function composeFile(system: System): string {
  const { services, docker } = system;
  const containers: Record<string, Container> = {
    ...(services.some(usesKafka) && brokerContainers(system.broker)),
    ...(services.some(({ database }) => database) && databaseContainers(services)),
    redis: { image: 'redis:7-alpine', profiles: ['redis'], healthcheck: shellCheck('redis-cli ping') },
    ...Object.fromEntries(services.map((service) => [service.name, container(system, service)])),
  };
  const volumes = Object.values(containers).flatMap((one) => one.volumes ?? []);
  const names = volumes.map((volume) => volume.split(':')[0]!).filter((name) => !name.startsWith('.'));
  return `# Generated from msx.yaml by "msx render". Of the services, only gateways publish a port; docker-compose.ports.yml publishes the others.
${stringify(
  {
    services: containers,
    volumes: Object.fromEntries(names.map((name) => [name, {}])),
    networks: { default: { name: docker.network } },
  },
  { lineWidth: 0, aliasDuplicateObjects: false },
)}`;
}

/** `docker-compose.ports.yml`: publishes each gRPC service at the port that it has in development. */
export function portsFile({ services }: System): string {
  const grpc = services.filter(({ kind }) => kind === 'grpc');
  const ports = grpc.map(({ name, port }) => [name, { ports: [published(name, port)] }]);
  return `# Generated from msx.yaml by "msx render". To use it: docker-compose -f docker-compose.yml -f docker-compose.ports.yml up
${stringify({ services: Object.fromEntries(ports) })}`;
}

/** Callers resolve containers when they reconnect: after this time a container that `--scale` adds gets its share. */
const CONNECTION_AGE_SECONDS = '10';

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
    ...(service.database && { volumes: databaseSecretOf(service).volumes }),
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
    ...(service.kind === 'grpc' && { GRPC_MAX_CONNECTION_AGE: CONNECTION_AGE_SECONDS }),
    LOG_LEVEL: '${LOG_LEVEL:-info}',
    ...(usesKafka(service) && { KAFKA_BROKERS: KAFKA_INSIDE, TOPICS: topics }),
    ...(service.database && databaseSecretOf(service).environment),
    ...Object.fromEntries(
      calls.map((callee) => [upstreamVariable(callee.name), `${callee.name}:${callee.port}`]),
    ),
    ...(auth && { JWT_ISSUER: name, JWT_AUDIENCE: name, JWKS: '${JWKS:-}' }),
    ...callersOf(system, service),
    ...sessionsOf(system, service, (issuer) => `${issuer.name}:${issuer.port}`),
    ...(auth?.issuer === service.name && { JWT_KEYS: '${JWT_KEYS:-}' }),
    ...(service.kind === 'graphql' && { REDIS_URL: '${REDIS_URL:-}', ALLOWED_HOSTS: '${ALLOWED_HOSTS:-}' }),
  };
}

const shellCheck = (command: string) => ({
  test: ['CMD-SHELL', command],
  interval: '2s',
  timeout: '5s',
  retries: 30,
});
