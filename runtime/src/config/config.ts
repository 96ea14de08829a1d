import type { AuthConfig } from '../auth/auth-config.js';
import type { KafkaSecurity } from '../events/kafka-security.js';
import { StartupError } from '../service/startup-error.js';
import type { CertificateFiles } from '../tls/certificate-files.js';
import { readTls } from '../tls/tls-config.js';
import { readConfigFile } from './config-file.js';
import { ENVIRONMENTS, shapeFor, toConfig } from './config-shape.js';
import type { Values } from './config-shape.js';
import type { DatabaseAddress } from './database-url.js';
import { missingParts } from './production-parts.js';
import { readOwn, readShape } from './read-variables.js';
import { sourcesOf } from './sources.js';
import type { Source } from './sources.js';
import type { Variables } from './variable.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a service is made of, as far as its configuration depends on it. */
export interface ConfigNeeds {
  /** The main port unless PORT says otherwise. */
  readonly port: number;
  /** The SQLite file unless DATABASE_URL says otherwise; undefined for a service without a database. */
  readonly databaseFile?: string;
  readonly events: boolean;
  readonly upstreams: readonly string[];
  /** Whether it serves gRPC. */
  readonly grpc?: boolean;
  /** Whether users sign in here. */
  readonly issuesTokens?: boolean;
  /** The service's own variables. */
  readonly variables?: Variables;
  /** Where `config/` is; without it no file is read. */
  readonly folder?: string;
}

export interface Config {
  readonly environment: 'development' | 'production' | 'test';
  readonly host: string;
  readonly port: number;
  readonly healthPort: number;
  readonly logLevel: string;
  readonly database?: DatabaseAddress;
  /** For how long a database is waited for that is made at the same time as the service, in seconds. */
  readonly databasePatience?: number;
  readonly brokers: readonly string[];
  readonly kafkaSecurity: KafkaSecurity;
  /** Partitions by topic. */
  readonly topics: ReadonlyMap<string, number>;
  /** `host:port`, or several with commas between, by the upstream's name. */
  readonly upstreams: ReadonlyMap<string, string>;
  readonly auth: AuthConfig;
  /** What gRPC is encrypted with, as server and as client; plaintext without. */
  readonly tls?: CertificateFiles;
  /** For how long a client of the gRPC server keeps one connection, in seconds. */
  readonly maxConnectionAge: number;
  /** What was read of the service's own variables. */
  readonly own: Readonly<Record<string, unknown>>;
}

/** A mistake of the configuration, or a part of it that is missing. */
export interface ConfigProblem {
  readonly kind: 'wrong' | 'missing';
  readonly variable?: string;
  /** With the place: a variable's name, or `config/production.yaml:7:3 query.maxDepth`. */
  readonly text: string;
}

/** All there is to say about a configuration: complete when there is no problem. */
export interface Inspection {
  readonly config: Config;
  /** `config/production.yaml`; undefined when there is no file. */
  readonly file?: string;
  readonly problems: readonly ConfigProblem[];
  /** The variables there are. */
  readonly known: readonly string[];
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * Reads the environment, and below it the configuration file; a variable set to the empty text counts as not set.
 * @throws StartupError CONFIG_INVALID naming every mistake at once; INSECURE_PRODUCTION
 */
export function loadConfig(env: Environment, needs: ConfigNeeds): Config {
  const { config, problems } = inspectConfig(env, needs);
  if (problems.length === 0) return config;
  const texts = [...new Set(problems.map(({ text }) => text))].join('; ');
  const insecure = config.environment === 'production' && problems.every(({ kind }) => kind === 'missing');
  if (insecure) throw new StartupError('INSECURE_PRODUCTION', `NODE_ENV=production: ${texts}`);
  throw new StartupError('CONFIG_INVALID', texts);
}

/** What is wrong is taken as if it were not set, so that all else can be looked at, too. */
export function inspectConfig(env: Environment, needs: ConfigNeeds): Inspection {
  const shape = shapeFor(needs);
  const named = ENVIRONMENTS.find((known) => known === (env.NODE_ENV || 'development'));
  const file = needs.folder !== undefined && named ? readConfigFile(needs.folder, named) : undefined;
  const own = needs.variables ?? {};
  const known = [...Object.keys(shape), ...Object.keys(own)];
  const { byVariable, problems } = sourcesOf(env, file, known);
  const texts = Object.fromEntries([...byVariable].map(([name, { text }]) => [name, text]));
  const runtimes = readShape(shape, byVariable);
  const owns = readOwn(own, byVariable);
  const tls = readTls(runtimes.values, (variable) => byVariable.get(variable)?.place ?? variable);
  const config = { ...toConfig(runtimes.values as Values, needs), tls: tls.tls, own: owns.values };
  const wrong: ConfigProblem[] = [
    ...problems.map((text) => ({ kind: 'wrong' as const, text })),
    ...runtimes.problems,
    ...tls.problems,
    ...owns.problems,
  ];
  const missing = missingParts(config, texts, needs)
    .map((text) => ({ kind: 'missing' as const, variable: text.split(' ', 1)[0], text }))
    .filter(({ variable }) => !wrong.some((problem) => problem.variable === variable));
  return { config, file: file?.name, problems: [...wrong, ...missing], known, sources: byVariable };
}
