import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { BUNDLE, COMPILED } from '../../code/build/bundling/bundle-file.js';
import { isBundling } from '../../code/build/bundling/bundle-stamp.js';
import { stampOf } from '../../code/build/stale.js';
import { developmentKafka } from '../../shipping/docker/kafka-containers.js';
import { rootHash } from '../engine/control/socket-path.js';
import { brokerFile, msxFile } from '../../installation.js';
import { inspectPortOf } from '../../model/system/inspect-port.js';
import { serviceEnvironment } from '../../model/system/service-environment.js';
import { KAFKA } from '../../model/system/system.js';
import { buildTask } from './build-task.js';
import type { Need } from '../engine/resource.js';
import type { ContainerRun, RunLog, Spec } from '../engine/spec.js';
import type { Service, System } from '../../model/system/system.js';

export interface RunSettings {
  mode: 'development' | 'production';
  /** `kafka`: Apache Kafka, in a container. */
  broker: 'embedded' | 'kafka' | 'external';
  /** Whether to use mutual TLS between services. */
  tls?: boolean;
  /** Whether services are rebuilt while they run. */
  watch?: boolean;
  /** The services to run with an inspector. */
  inspect?: string[];
  /** Whether it runs on ports of its own instead of those in msx.yaml. */
  isolated?: boolean;
  /** The environment of the user. */
  environment: Record<string, string>;
}

/** The resources that users can name: the services, and their broker. */
export const resourceNames = ({ services }: System): string[] => [
  ...(services.some(usesKafka) ? [KAFKA] : []),
  ...services.map(({ name }) => name),
];

/** The specs of all resources of a system. */
export function specsOf(system: System, settings: RunSettings): Spec[] {
  const { services } = system;
  return [
    ...(services.some(usesKafka) ? [kafkaSpec(system, settings)] : []),
    ...services.map((service) => buildSpec(system, service, settings)),
    ...services.map((service) => serviceSpec(system, service, settings)),
  ];
}

/** The brokers that services connect to: host:port, comma-separated. */
function brokersOf(system: System, { broker, environment }: RunSettings): string {
  if (broker !== 'external') return `127.0.0.1:${system.broker.port}`;
  return environment['KAFKA_BROKERS'] ?? system.broker.address;
}

const usesKafka = ({ needs, publishes, consumes, follows }: Service): boolean =>
  needs.includes(KAFKA) || [...publishes, ...consumes, ...follows].length > 0;

/** What a partition of the embedded broker keeps. Kafka keeps everything for a week, and so `.msx` would grow. */
const RETENTION_BYTES = 64 * 1024 * 1024;

function kafkaSpec(system: System, settings: RunSettings): Spec {
  const brokers = brokersOf(system, settings);
  const resource = { name: KAFKA, kind: 'service', needs: [], calls: [], url: brokers } as const;
  const probe = { kind: 'kafka', brokers } as const;
  if (settings.broker === 'external') {
    const tls = settings.environment['KAFKA_SECURITY']?.endsWith('ssl') ?? false;
    return { ...resource, needs: [], calls: [], probe: { ...probe, tls }, run: { driver: 'external' } };
  }
  if (settings.broker === 'kafka')
    return { ...resource, needs: [], calls: [], probe, run: kafkaContainer(system, settings) };
  const { port } = system.broker;
  const data = join(system.root, '.msx/kafka');
  const where = ['--host', '127.0.0.1', '--port', String(port), '--data', data];
  const argv = [process.execPath, brokerFile, ...where, '--set', `log.retention.bytes=${RETENTION_BYTES}`];
  const env = { ...settings.environment, NODE_ENV: 'development' };
  const run = { driver: 'process', cwd: system.root, argv, env, ...logOf(system, KAFKA) } as const;
  const program = { files: [], settings: digestOf({ port }) };
  const { restartAfterMs } = system;
  return {
    ...resource,
    needs: [],
    calls: [],
    restartAfterMs,
    probe,
    run: { ...run, ports: [port], program },
  };
}

function logOf({ logFolder, logLinks }: System, name: string): RunLog {
  const file = `${name}.log`;
  return { log: join(logFolder, file), ...(logLinks && { logLink: join(logLinks, file) }) };
}

function kafkaContainer(system: System, { environment }: RunSettings): ContainerRun {
  const { root, name, broker } = system;
  const { image, environment: variables, data } = developmentKafka(broker.port);
  // Each copy of a system on a machine has its own container and volume.
  const container = `${name}-${rootHash(root)}-kafka`;
  return {
    driver: 'container',
    container,
    image,
    variables: Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, String(value)])),
    ports: [broker.port],
    volumes: { [container]: data },
    environment,
    ...logOf(system, KAFKA),
  };
}

function buildSpec(system: System, service: Service, { environment }: RunSettings): Spec {
  const argv = [process.execPath, msxFile, 'build', '--json'];
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

function serviceSpec(system: System, service: Service, settings: RunSettings): Spec {
  const { mode, tls, environment, inspect = [] } = settings;
  const { name, kind, port, healthPort, folder } = service;
  const program = isBundling(environment) && !inspect.includes(name) ? BUNDLE : COMPILED;
  const inspectPort = inspect.includes(name) ? inspectPortOf(port) : undefined;
  const others = new Set([...service.needs, ...(usesKafka(service) ? [KAFKA] : [])]);
  const needs: Need[] = [...others].map((on) => ({ on, until: 'wanted' }));
  const ownEnvironment = serviceEnvironment(system, service, {
    mode,
    tls,
    brokers: brokersOf(system, settings),
    overrides: environment,
  });
  return {
    name,
    kind: 'service',
    needs: [{ on: buildTask(name), until: 'completed' }, ...needs],
    calls: service.calls,
    // In a debugger it may be paused for any length of time.
    restartAfterMs: inspectPort ? undefined : system.restartAfterMs,
    url: kind === 'graphql' ? `http://localhost:${port}/graphql` : `127.0.0.1:${port}`,
    probe: { kind: 'health', port: healthPort },
    run: {
      driver: 'process',
      cwd: folder,
      argv: argvOf(program, inspectPort),
      // Node 22 and later cache compiled code there, for faster starts.
      env: { NODE_COMPILE_CACHE: join(system.root, '.msx/compiled'), ...environment, ...ownEnvironment },
      ...logOf(system, name),
      ports: [port, healthPort, ...(inspectPort ? [inspectPort] : [])],
      inspectPort,
      program: {
        files: [stampOf(service), join(folder, 'config', `${mode}.yaml`)],
        settings: settingsOf(system, service, settings),
      },
    },
  };
}

/** With source maps for stack traces; the inspector is reachable from this machine only. */
const argvOf = (program: string, inspectPort: number | undefined): string[] => [
  process.execPath,
  '--enable-source-maps',
  ...(inspectPort ? [`--inspect=127.0.0.1:${inspectPort}`] : []),
  program,
];

/** A digest of the environment that follows from msx.yaml. The user's own environment may differ each time and is left out. */
function settingsOf(system: System, service: Service, { mode, tls, inspect = [] }: RunSettings): string {
  const environment = serviceEnvironment(system, service, { mode, tls });
  return digestOf(inspect.includes(service.name) ? { ...environment, inspected: true } : environment);
}

const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
