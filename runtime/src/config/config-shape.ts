import { z } from 'zod';
import { authVariables, toAuthConfig } from '../auth/auth-config.js';
import { kafkaVariables, toKafkaSecurity } from '../events/kafka/kafka-security.js';
import { tlsVariables } from './tls-config.js';
import { parseAddress } from './address.js';
import type { Config, ConfigNeeds } from './config.js';
import { LOCAL_HOSTS } from '../hosts/trusted-hosts.js';
import { parseDatabaseUrl } from './database-url.js';
import { variableOf } from './variable.js';

const port = z.coerce
  .number('must be a port')
  .int('must be a port')
  .min(0, 'must be a port')
  .max(65535, 'must be a port');
const connectionAge = z.coerce
  .number('must be seconds from 1 to 86400')
  .min(1, 'must be seconds from 1 to 86400')
  .max(86_400, 'must be seconds from 1 to 86400');
const waitSeconds = z.coerce
  .number('must be seconds from 1 to 3600')
  .min(1, 'must be seconds from 1 to 3600')
  .max(3600, 'must be seconds from 1 to 3600');
const list = z.string().transform((text) => text.split(',').map((item) => item.trim()));
const address = z
  .string('must be set to host:port')
  .superRefine((text, context) =>
    reportInvalid(context, 'must be host:port, or several of them, separated by commas', text.split(',')),
  );
const brokers = list.superRefine((items, context) => {
  reportInvalid(context, 'must be host:port, separated by commas', items);
  // The Kafka client parses it as a host name.
  if (items.some((item) => item.startsWith('[')))
    context.addIssue({ code: 'custom', message: 'must be names instead of IPv6 addresses' });
});

/** Reports the first invalid address, and why it is invalid. */
function reportInvalid(context: z.RefinementCtx, rule: string, items: readonly string[]): void {
  const problem = items.map((item) => parseAddress(item.trim())).find((parsed) => typeof parsed === 'string');
  if (problem) context.addIssue({ code: 'custom', message: `${rule}: one ${problem as string}` });
}

const hosts = list.pipe(
  z.array(
    z
      .string()
      .regex(/^(\*|[a-z\d.-]+)$/i, 'must be host names without ports, separated by commas, or *')
      .toLowerCase(),
  ),
);

const topics = list
  .pipe(
    z.array(
      z.string().regex(/^[\w.-]{1,249}=[1-9]\d{0,4}$/, 'must be topic=partitions, separated by commas'),
    ),
  )
  .transform((items) => new Map(items.map((item) => [item.split('=')[0]!, Number(item.split('=')[1])])));

const databaseUrl = z.string().transform((text, context) => {
  const parsed = parseDatabaseUrl(text);
  if (!parsed) context.addIssue({ code: 'custom', message: 'must be postgres://… or sqlite:<file>' });
  return parsed ?? z.NEVER;
});

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export const ENVIRONMENTS = ['development', 'production', 'test'] as const;
const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`);

/** Addresses that no other machine can reach. */
const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/;

/** The variables that the runtime itself reads, with their parsers. */
export function shapeFor({ port: defaultPort, upstreams }: ConfigNeeds) {
  const addresses = upstreams.map((name) => [variableOf(name), address] as const);
  return {
    NODE_ENV: oneOf(ENVIRONMENTS).default('development'),
    HOST: z.string().optional(),
    ALLOWED_HOSTS: hosts.optional(),
    PORT: port.default(defaultPort),
    HEALTH_PORT: port.optional(),
    LOG_LEVEL: oneOf(LEVELS).default('info'),
    DATABASE_URL: databaseUrl.optional(),
    DATABASE_PATIENCE: waitSeconds.optional(),
    ALLOW_SQLITE: oneOf(['true', 'false']).optional(),
    KAFKA_BROKERS: brokers.default(['127.0.0.1:9092']),
    TOPICS: topics.default(() => new Map<string, number>()),
    ...kafkaVariables,
    ...authVariables,
    ...tlsVariables,
    SESSIONS_URL: address.optional(),
    SESSIONS_NAME: z.string().optional(),
    CALLERS: list.optional(),
    GRPC_MAX_CONNECTION_AGE: connectionAge.default(300),
    ...(Object.fromEntries(addresses) as object),
  };
}

export type Values = z.infer<z.ZodObject<ReturnType<typeof shapeFor>>>;

export function toConfig(
  values: Values,
  { databaseFile, upstreams }: ConfigNeeds,
): Omit<Config, 'own' | 'tls'> {
  const production = values.NODE_ENV === 'production';
  const own = databaseFile ? parseDatabaseUrl(`sqlite:${databaseFile}`) : undefined;
  const host = values.HOST ?? (production ? '0.0.0.0' : '127.0.0.1');
  return {
    environment: values.NODE_ENV,
    host,
    allowedHosts: values.ALLOWED_HOSTS ?? (production ? ['*'] : LOCAL_HOSTS),
    port: values.PORT,
    healthPort: values.HEALTH_PORT ?? (values.PORT === 0 ? 0 : values.PORT + 1000),
    logLevel: values.LOG_LEVEL,
    database: databaseFile ? (values.DATABASE_URL ?? own) : undefined,
    databaseWaitSeconds: values.DATABASE_PATIENCE,
    brokers: values.KAFKA_BROKERS,
    kafkaSecurity: toKafkaSecurity(values),
    topics: values.TOPICS,
    ...(values.CALLERS && { callers: values.CALLERS }),
    auth: toAuthConfig(values, !production && LOOPBACK.test(host)),
    ...(values.SESSIONS_URL && {
      sessions: { address: values.SESSIONS_URL, name: values.SESSIONS_NAME },
    }),
    maxConnectionAge: values.GRPC_MAX_CONNECTION_AGE,
    upstreams: new Map(
      upstreams.map((name) => [name, (values as Record<string, unknown>)[variableOf(name)] as string]),
    ),
  };
}
