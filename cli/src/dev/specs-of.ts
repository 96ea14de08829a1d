import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { stampOf } from '../build/stale.js';
import { developmentKafka } from '../docker/kafka-containers.js';
import { rootHash } from '../engine/control/socket-path.js';
import { brokerFile, packageFolder } from '../installation.js';
import { serviceEnvironment } from '../system/service-environment.js';
import { KAFKA } from '../system/system.js';
import { buildTask } from './build-task.js';
import { foundationsOf } from './workspace.js';
import type { Need } from '../engine/resource.js';
import type { ContainerRun, Preload, Spec } from '../engine/spec.js';
import type { Service, System } from '../system/system.js';

export interface Surroundings {
  mode: 'development' | 'production';
  /** `kafka`: Apache's, in a container. */
  broker: 'embedded' | 'kafka' | 'external';
  /** Whether services are to show each other certificates. */
  tls?: boolean;
  /** Whether services will be built anew while they run. */
  watch?: boolean;
  /** The environment of the person who asks. */
  environment: Record<string, string>;
}

/** What a person can name: the services, and the broker they use. */
export const resourceNames = ({ services }: System): string[] => [
  ...(services.some(usesKafka) ? [KAFKA] : []),
  ...services.map(({ name }) => name),
];

/** Everything there is to run of a system, and how. */
export function specsOf(system: System, surroundings: Surroundings): Spec[] {
  const { services } = system;
  return [
    ...(services.some(usesKafka) ? [kafkaSpec(system, surroundings)] : []),
    ...services.map((service) => buildSpec(system, service, surroundings)),
    ...services.map((service) => serviceSpec(system, service, surroundings)),
  ];
}

/** The brokers that services are told of: host:port, comma-separated. */
export function brokersOf(system: System, { broker, environment }: Surroundings): string {
  if (broker !== 'external') return `127.0.0.1:${system.broker.port}`;
  return environment['KAFKA_BROKERS'] ?? system.broker.address;
}

const usesKafka = ({ needs, publishes, consumes, follows }: Service): boolean =>
  needs.includes(KAFKA) || [...publishes, ...consumes, ...follows].length > 0;

function kafkaSpec(system: System, surroundings: Surroundings): Spec {
  const brokers = brokersOf(system, surroundings);
  const resource = { name: KAFKA, kind: 'service', needs: [], calls: [], url: brokers } as const;
  const probe = { kind: 'kafka', brokers } as const;
  if (surroundings.broker === 'external') {
    const tls = surroundings.environment['KAFKA_SECURITY']?.endsWith('ssl') ?? false;
    return { ...resource, needs: [], calls: [], probe: { ...probe, tls }, run: { driver: 'external' } };
  }
  if (surroundings.broker === 'kafka')
    return { ...resource, needs: [], calls: [], probe, run: kafkaContainer(system, surroundings) };
  const { port } = system.broker;
  const data = join(system.root, '.msx/kafka');
  const argv = [process.execPath, brokerFile, '--host', '127.0.0.1', '--port', String(port), '--data', data];
  const env = { ...surroundings.environment, NODE_ENV: 'development' };
  const log = join(system.logFolder, `${KAFKA}.log`);
  const run = { driver: 'process', cwd: system.root, argv, env, log, ports: [port] } as const;
  return { ...resource, needs: [], calls: [], probe, run: { ...run, ports: [port] } };
}

function kafkaContainer(
  { root, name, broker, logFolder }: System,
  { environment }: Surroundings,
): ContainerRun {
  const { image, environment: variables, data } = developmentKafka(broker.port);
  // Two copies of a system on one machine have a container and a volume each.
  const container = `${name}-${rootHash(root)}-kafka`;
  return {
    driver: 'container',
    container,
    image,
    variables: Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, String(value)])),
    ports: [broker.port],
    volumes: { [container]: data },
    environment,
    log: join(logFolder, `${KAFKA}.log`),
  };
}

function buildSpec(system: System, service: Service, { environment }: Surroundings): Spec {
  const argv = [process.execPath, join(packageFolder, 'bin/run.js'), 'build', '--json'];
  const log = join(system.root, '.msx/build.log');
  const run = {
    driver: 'build',
    cwd: system.root,
    argv,
    argument: service.name,
    env: environment,
    log,
  } as const;
  return { name: buildTask(service.name), kind: 'task', needs: [], calls: [], run };
}

function serviceSpec(system: System, service: Service, surroundings: Surroundings): Spec {
  const { mode, tls, environment } = surroundings;
  const { name, kind, port, healthPort, folder } = service;
  const others = new Set([...service.needs, ...(usesKafka(service) ? [KAFKA] : [])]);
  const needs: Need[] = [...others].map((on) => ({ on, until: 'wanted' }));
  const told = serviceEnvironment(system, service, {
    mode,
    tls,
    brokers: brokersOf(system, surroundings),
    given: environment,
  });
  return {
    name,
    kind: 'service',
    needs: [{ on: buildTask(name), until: 'completed' }, ...needs],
    calls: service.calls,
    url: kind === 'graphql' ? `http://localhost:${port}/graphql` : `127.0.0.1:${port}`,
    probe: { kind: 'health', port: healthPort },
    run: {
      driver: 'process',
      cwd: folder,
      argv: [process.execPath, 'dist/main.js'],
      // Node 22 and later keep compiled code there, and start faster the next time.
      env: { NODE_COMPILE_CACHE: join(system.root, '.msx/compiled'), ...environment, ...told },
      log: join(system.logFolder, `${name}.log`),
      ports: [port, healthPort],
      program: { stamp: stampOf(service), settings: settingsOf(system, service, surroundings) },
      ...(surroundings.watch && { preload: preloadOf(system, service) }),
    },
  };
}

/** What msx.yaml makes of its environment; what the person's own says is their business, and may differ each time. */
function settingsOf(system: System, service: Service, { mode, tls }: Surroundings): string {
  const told = serviceEnvironment(system, service, { mode, tls });
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 16);
}

const preloadOf = ({ root }: System, { folder }: Service): Preload => ({
  packages: foundationsOf(root, folder).installed,
  installedBy: join(root, 'node_modules/.package-lock.json'),
});
