import { existsSync } from 'node:fs';
import { certificateFilesOf } from './certificate-files.js';
import { databaseNameOf } from './database-name.js';
import { databaseUrlFileOf } from './database-url-file.js';
import { keyFilesOf } from './key-files.js';
import type { Service, System } from './system.js';

export interface EnvironmentOptions {
  /** `production` runs the system as it is, on this machine: SQLite is allowed, the addresses stay local. */
  mode?: 'development' | 'production';
  /** host:port, comma-separated (default: those of msx.yaml). */
  brokers?: string;
  /** Whether services use mutual TLS with the certificates of this machine. */
  tls?: boolean;
  /** The user's environment, whose settings for databases, log level and sign-in take precedence. */
  overrides?: NodeJS.ProcessEnv;
}

/**
 * The environment variables of a service: its own addresses and those of everything it uses. To be merged over the
 * user's environment.
 */
export function serviceEnvironment(
  system: System,
  service: Service,
  {
    mode = 'development',
    brokers = system.broker.address,
    tls = false,
    overrides = {},
  }: EnvironmentOptions = {},
): Record<string, string> {
  const calls = system.services.filter(({ name }) => service.calls.includes(name));
  return {
    NODE_ENV: mode,
    HOST: '127.0.0.1',
    PORT: String(service.port),
    HEALTH_PORT: String(service.healthPort),
    KAFKA_BROKERS: brokers,
    TOPICS: topicsOf(system, service),
    LOG_LEVEL: overrides['LOG_LEVEL'] ?? 'info',
    ...(mode === 'development'
      ? { AUTH: overrides['AUTH'] ?? 'optional' }
      : { ALLOW_SQLITE: 'true', ALLOW_PLAINTEXT: 'true' }),
    ...keysOf(system, service, overrides),
    ...sessionsOf(system, service, ({ port }) => `127.0.0.1:${port}`),
    ...callersOf(system, service),
    ...(tls && certificatesOf(system, service, overrides)),
    ...databaseOf(system, service, overrides),
    ...Object.fromEntries(calls.map(({ name, port }) => [upstreamVariable(name), `127.0.0.1:${port}`])),
  };
}

/**
 * The keys that verify tokens, and for the issuer also those that sign them: the keys of this machine, or the user's
 * own.
 */
function keysOf(
  { name, root, auth }: System,
  service: Service,
  overrides: NodeJS.ProcessEnv,
): Record<string, string> {
  if (!auth) return {};
  const files = keyFilesOf(root);
  return {
    JWT_ISSUER: overrides['JWT_ISSUER'] ?? name,
    JWT_AUDIENCE: overrides['JWT_AUDIENCE'] ?? name,
    JWKS: overrides['JWKS'] ?? files.public,
    ...(service.name === auth.issuer && { JWT_KEYS: overrides['JWT_KEYS'] ?? files.private }),
  };
}

/**
 * Where a service checks whether the session of a token is still valid: at the issuer, which does not need this itself.
 */
export function sessionsOf(
  { auth, services }: Pick<System, 'auth' | 'services'>,
  { name }: Service,
  addressOf: (issuer: Service) => string,
): Record<string, string> {
  const issuer = services.find((one) => one.name === auth?.issuer);
  if (!issuer || issuer.name === name) return {};
  return { SESSIONS_URL: addressOf(issuer), SESSIONS_NAME: issuer.name };
}

/** Which services may call this one: those that msx.yaml says call it. */
export function callersOf(
  { services }: Pick<System, 'services'>,
  { name, kind }: Service,
): Record<string, string> {
  if (kind !== 'grpc') return {};
  const callers = services.filter(({ calls }) => calls.includes(name));
  return { CALLERS: callers.map((caller) => caller.name).join(',') || 'none' };
}

const TLS = ['TLS_CERT', 'TLS_KEY', 'TLS_CA'];

/** The user's own certificates are not mixed with those of this machine. */
function certificatesOf(
  { root }: System,
  { name }: Service,
  overrides: NodeJS.ProcessEnv,
): Record<string, string> {
  if (TLS.some((variable) => overrides[variable])) return {};
  const files = certificateFilesOf(root);
  return { TLS_CERT: files.of(name), TLS_KEY: files.of(name), TLS_CA: files.ca };
}

/**
 * `<topic>=<partitions>` for all topics that it publishes, consumes or follows, and for the dead-letter topics of its
 * group.
 */
export function topicsOf(system: System, service: Service): string {
  const { publishes, consumes, follows } = service;
  const used = system.topics.filter(({ name }) => [...publishes, ...consumes, ...follows].includes(name));
  return [
    ...used.map(({ name, partitions }) => `${name}=${partitions}`),
    ...service.consumes.map((topic) => `${deadLetterTopic(topic, service.name)}=1`),
  ].join(',');
}

/** The topic for messages that a consumer group cannot process. */
export const deadLetterTopic = (topic: string, group: string): string => `${topic}.${group}.dlq`;

/** ORDER_SERVICE_DATABASE_URL only applies to order-service; DATABASE_URL applies to all services. */
function databaseOf(
  { root }: System,
  service: Service,
  overrides: NodeJS.ProcessEnv,
): Record<string, string> {
  if (!service.database) return {};
  const { driver, file } = service.database;
  const url = overrides[`${variable(service.name)}_DATABASE_URL`] ?? overrides['DATABASE_URL'];
  if (url !== undefined) return { DATABASE_URL: url };
  if (driver === 'postgres') return postgresOf(root, service, overrides);
  return file ? { DATABASE_URL: `sqlite:${file}` } : {};
}

/**
 * A database on this machine: the URL stored by the containers of the system, or a database on the user's own server.
 */
function postgresOf(root: string, service: Service, overrides: NodeJS.ProcessEnv): Record<string, string> {
  const file = databaseUrlFileOf(root, service);
  if (existsSync(file)) return { DATABASE_URL_FILE: file };
  const { POSTGRES_PASSWORD: password = 'postgres', [portVariable('postgres')]: port = '5432' } = overrides;
  const server = `postgres:${encodeURIComponent(password)}@127.0.0.1:${port}`;
  return { DATABASE_URL: `postgres://${server}/${databaseNameOf(service)}` };
}

/** The variable with the address of a service: USER_SERVICE_URL. */
export const upstreamVariable = (service: string) => `${variable(service)}_URL`;

/** The variable that changes the published port of a container: API_GATEWAY_PORT. */
export const portVariable = (container: string) => `${variable(container)}_PORT`;

const variable = (name: string) => name.replaceAll('-', '_').toUpperCase();
