import type { AuthConfig } from '../auth/auth-config.js';
import type { SessionsAddress } from '../auth/session-client.js';
import type { KafkaSecurity } from '../events/kafka/kafka-security.js';
import type { AllowedHosts } from '../hosts/trusted-hosts.js';
import type { CertificateFiles } from '../tls/certificate-files.js';
import type { DatabaseAddress } from './database-url.js';
import type { Variables } from './variable.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The properties of a service that its configuration depends on. */
export interface ConfigNeeds {
  /** The default of PORT. */
  readonly port: number;
  /** The SQLite file that is used without DATABASE_URL; undefined for a service without a database. */
  readonly databaseFile?: string;
  readonly events: boolean;
  readonly upstreams: readonly string[];
  /** Whether it serves gRPC. */
  readonly grpc?: boolean;
  /** Whether users sign in here. */
  readonly issuesTokens?: boolean;
  /** The service's own variables. */
  readonly variables?: Variables;
  /** The folder that contains `config/`; without it, no file is read. */
  readonly folder?: string;
}

export interface Config {
  readonly environment: 'development' | 'production' | 'test';
  readonly host: string;
  /** The host names that its HTTP ports answer to, besides IP addresses and localhost; `*` allows all. */
  readonly allowedHosts: AllowedHosts;
  readonly port: number;
  readonly healthPort: number;
  readonly logLevel: string;
  readonly database?: DatabaseAddress;
  /** How long to wait, in seconds, for a database that is created at the same time as the service. */
  readonly databaseWaitSeconds?: number;
  readonly brokers: readonly string[];
  readonly kafkaSecurity: KafkaSecurity;
  /** Partitions by topic. */
  readonly topics: ReadonlyMap<string, number>;
  /** By the upstream's name: `host:port`, or several, separated by commas. */
  readonly upstreams: ReadonlyMap<string, string>;
  readonly auth: AuthConfig;
  /** Where sessions are looked up; without it, tokens are valid until they expire. */
  readonly sessions?: SessionsAddress;
  /** The certificates for gRPC, as server and as client; plaintext without them. */
  readonly tls?: CertificateFiles;
  /** The services that may call this one, by their certificates; without it, any service with a certificate. */
  readonly callers?: readonly string[];
  /** How long a client of the gRPC server keeps one connection, in seconds. */
  readonly maxConnectionAge: number;
  /** The values of the service's own variables. */
  readonly own: Readonly<Record<string, unknown>>;
}

/** A mistake in the configuration, or a missing setting. */
export interface ConfigProblem {
  readonly kind: 'wrong' | 'missing';
  readonly variable?: string;
  /** Begins with the location: a variable's name, or `config/production.yaml:7:3 query.maxDepth`. */
  readonly text: string;
}
