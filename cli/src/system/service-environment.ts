import { certificateFilesOf } from './certificate-files.js';
import { databaseNameOf } from './database-name.js';
import { keyFilesOf } from './key-files.js';
import type { Service, System } from './system.js';

export interface Surroundings {
  /** `production` runs the system as it is, on this machine: SQLite is allowed, the addresses stay local. */
  mode?: 'development' | 'production';
  /** host:port, comma-separated; those of msx.yaml unless given. */
  brokers?: string;
  /** Whether services are to show each other the certificates of this machine. */
  tls?: boolean;
  /** The environment of the person: what it says of databases, log level and sign-in wins. */
  given?: NodeJS.ProcessEnv;
}

/**
 * What a service is told by its environment: where to listen, and where all else is. To be laid over the
 * person's own environment.
 */
export function serviceEnvironment(
  system: System,
  service: Service,
  { mode = 'development', brokers = system.broker.address, tls = false, given = {} }: Surroundings = {},
): Record<string, string> {
  const calls = system.services.filter(({ name }) => service.calls.includes(name));
  return {
    NODE_ENV: mode,
    HOST: '127.0.0.1',
    PORT: String(service.port),
    HEALTH_PORT: String(service.healthPort),
    KAFKA_BROKERS: brokers,
    TOPICS: topicsOf(system, service),
    LOG_LEVEL: given['LOG_LEVEL'] ?? 'info',
    ...(mode === 'development'
      ? { AUTH: given['AUTH'] ?? 'optional' }
      : { ALLOW_SQLITE: 'true', ALLOW_PLAINTEXT: 'true' }),
    ...keysOf(system, service, given),
    ...(tls && certificatesOf(system, service, given)),
    ...databaseOf(service, given),
    ...Object.fromEntries(calls.map(({ name, port }) => [upstreamVariable(name), `127.0.0.1:${port}`])),
  };
}

/** What tokens are checked with, and by the issuer alone signed with: the keys of this machine, or a person's own. */
function keysOf(
  { name, root, auth }: System,
  service: Service,
  given: NodeJS.ProcessEnv,
): Record<string, string> {
  if (!auth) return {};
  const files = keyFilesOf(root);
  return {
    JWT_ISSUER: given['JWT_ISSUER'] ?? name,
    JWT_AUDIENCE: given['JWT_AUDIENCE'] ?? name,
    JWKS: given['JWKS'] ?? files.public,
    ...(service.name === auth.issuer && { JWT_KEYS: given['JWT_KEYS'] ?? files.private }),
  };
}

const TLS = ['TLS_CERT', 'TLS_KEY', 'TLS_CA'];

/** A person's own certificates are not mixed with those of this machine. */
function certificatesOf(
  { root }: System,
  { name }: Service,
  given: NodeJS.ProcessEnv,
): Record<string, string> {
  if (TLS.some((variable) => given[variable])) return {};
  const files = certificateFilesOf(root);
  return { TLS_CERT: files.of(name), TLS_KEY: files.of(name), TLS_CA: files.ca };
}

/** `<topic>=<partitions>` of all that it publishes, consumes or follows, and of the dead letters of its group. */
export function topicsOf(system: System, service: Service): string {
  const { publishes, consumes, follows } = service;
  const used = system.topics.filter(({ name }) => [...publishes, ...consumes, ...follows].includes(name));
  return [
    ...used.map(({ name, partitions }) => `${name}=${partitions}`),
    ...service.consumes.map((topic) => `${deadLetterTopic(topic, service.name)}=1`),
  ].join(',');
}

/** Where the messages of a topic go that a consumer group cannot process. */
export const deadLetterTopic = (topic: string, group: string): string => `${topic}.${group}.dlq`;

/** ORDER_SERVICE_DATABASE_URL is order-service's alone; DATABASE_URL is everyone's. */
function databaseOf(service: Service, given: NodeJS.ProcessEnv): Record<string, string> {
  if (!service.database) return {};
  const url =
    given[`${variable(service.name)}_DATABASE_URL`] ?? given['DATABASE_URL'] ?? standardOf(service, given);
  return url === undefined ? {} : { DATABASE_URL: url };
}

/** A file of its own; or a database on this machine, as the containers of the system publish it. */
function standardOf(service: Service, given: NodeJS.ProcessEnv): string | undefined {
  const { driver, file } = service.database!;
  if (driver === 'sqlite') return file && `sqlite:${file}`;
  const { POSTGRES_PASSWORD: password = 'postgres', [portVariable('postgres')]: port = '5432' } = given;
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${databaseNameOf(service)}`;
}

/** What says where a service is found: USER_SERVICE_URL. */
export const upstreamVariable = (service: string) => `${variable(service)}_URL`;

/** What publishes a container's port elsewhere on this machine: API_GATEWAY_PORT. */
export const portVariable = (container: string) => `${variable(container)}_PORT`;

const variable = (name: string) => name.replaceAll('-', '_').toUpperCase();
