import { z } from 'zod';
import { authVariables, missingKeys, toAuthConfig } from '../auth/auth-config.js';
import type { AuthConfig } from '../auth/auth-config.js';
import { StartupError } from '../service/startup-error.js';
import { parseDatabaseUrl } from './database-url.js';
import type { DatabaseAddress } from './database-url.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a service is made of, as far as its configuration depends on it. */
export interface ConfigNeeds {
  /** The main port unless PORT says otherwise. */
  readonly port: number;
  /** The SQLite file unless DATABASE_URL says otherwise; undefined for a service without a database. */
  readonly databaseFile?: string;
  readonly events: boolean;
  readonly upstreams: readonly string[];
  /** Whether users sign in here. */
  readonly issuesTokens?: boolean;
}

export interface Config {
  readonly environment: 'development' | 'production' | 'test';
  readonly host: string;
  readonly port: number;
  readonly healthPort: number;
  readonly logLevel: string;
  readonly database?: DatabaseAddress;
  readonly brokers: readonly string[];
  /** Partitions by topic. */
  readonly topics: ReadonlyMap<string, number>;
  /** `host:port` by the upstream's name. */
  readonly upstreams: ReadonlyMap<string, string>;
  readonly auth: AuthConfig;
}

const HOST_PORT = /^(\[[\da-f:]+\]|[^\s:,]+):\d{1,5}$/i;

const port = z.coerce
  .number('must be a port')
  .int('must be a port')
  .min(0, 'must be a port')
  .max(65535, 'must be a port');
const address = z.string('must be set to host:port').regex(HOST_PORT, 'must be host:port');
const list = z.string().transform((text) => text.split(',').map((item) => item.trim()));
const brokers = list.pipe(z.array(z.string().regex(HOST_PORT, 'must be host:port, separated by commas')));

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
const ENVIRONMENTS = ['development', 'production', 'test'] as const;
const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`);

/**
 * Reads the process' environment; a variable set to the empty text counts as not set.
 * @throws StartupError CONFIG_INVALID naming every wrong variable at once; INSECURE_PRODUCTION
 */
export function loadConfig(env: Environment, needs: ConfigNeeds): Config {
  const parsed = schemaFor(needs).safeParse(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value)),
  );
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`);
    throw new StartupError('CONFIG_INVALID', [...new Set(problems)].join('; '));
  }
  const values = parsed.data;
  const config = toConfig(values, needs);
  if (config.environment === 'production') refuseDevelopmentParts(config, env, needs);
  const missing = missingKeys(config.auth, needs.issuesTokens === true);
  if (missing.length) throw new StartupError('CONFIG_INVALID', missing.join('; '));
  return config;
}

function schemaFor({ port: defaultPort, upstreams }: ConfigNeeds) {
  const addresses = upstreams.map((name) => [variableOf(name), address] as const);
  return z
    .object({
      NODE_ENV: oneOf(ENVIRONMENTS).default('development'),
      HOST: z.string().optional(),
      PORT: port.default(defaultPort),
      HEALTH_PORT: port.optional(),
      LOG_LEVEL: oneOf(LEVELS).default('info'),
      DATABASE_URL: databaseUrl.optional(),
      KAFKA_BROKERS: brokers.default(['127.0.0.1:9092']),
      TOPICS: topics.default(() => new Map<string, number>()),
      ...authVariables,
    })
    .and(z.object(Object.fromEntries(addresses)));
}

type Values = z.infer<ReturnType<typeof schemaFor>>;

function toConfig(values: Values, { databaseFile, upstreams }: ConfigNeeds): Config {
  const production = values.NODE_ENV === 'production';
  const own = databaseFile ? parseDatabaseUrl(`sqlite:${databaseFile}`) : undefined;
  return {
    environment: values.NODE_ENV,
    host: values.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: values.PORT,
    healthPort: values.HEALTH_PORT ?? (values.PORT === 0 ? 0 : values.PORT + 1000),
    logLevel: values.LOG_LEVEL,
    database: databaseFile ? (values.DATABASE_URL ?? own) : undefined,
    brokers: values.KAFKA_BROKERS,
    topics: values.TOPICS,
    auth: toAuthConfig(values),
    upstreams: new Map(
      upstreams.map((name) => [name, (values as Record<string, unknown>)[variableOf(name)] as string]),
    ),
  };
}

/** What is fit for development only: SQLite, a broker that nobody named, and calls without a token. */
function refuseDevelopmentParts({ database, auth }: Config, env: Environment, needs: ConfigNeeds): void {
  const problems = [
    database?.driver === 'sqlite' &&
      env.ALLOW_SQLITE !== 'true' &&
      'DATABASE_URL must be postgres://…, or ALLOW_SQLITE=true',
    needs.events && !env.KAFKA_BROKERS && 'KAFKA_BROKERS must be set',
    !auth.required && 'AUTH must be required',
    !auth.verificationKeys && 'JWKS must be set',
    needs.issuesTokens && !auth.signingKeys && 'JWT_KEYS must be set',
  ].filter(Boolean);
  if (problems.length)
    throw new StartupError('INSECURE_PRODUCTION', `NODE_ENV=production: ${problems.join('; ')}`);
}

/** `user-service` is found at USER_SERVICE_URL. */
export function variableOf(upstream: string): string {
  return `${upstream.toUpperCase().replaceAll('-', '_')}_URL`;
}
