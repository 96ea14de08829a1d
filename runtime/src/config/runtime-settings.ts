import type { shapeFor } from './config-shape.js';
import type { Setting } from './setting.js';

type Name = keyof ReturnType<typeof shapeFor>;

const table = {
  NODE_ENV: {
    expects: 'one of development, production, test',
    default: 'development',
    purpose:
      'The environment: it chooses config/<environment>.yaml, and production refuses settings that are for development only.',
    usedBy: 'every service',
  },
  HOST: {
    expects: 'a host name or an IP address',
    default: { production: '0.0.0.0', elsewhere: '127.0.0.1' },
    purpose: 'The address to listen on.',
    usedBy: 'every service',
  },
  ALLOWED_HOSTS: {
    expects: 'host names without ports, separated by commas, or *',
    default: { production: '*', elsewhere: 'localhost' },
    purpose:
      'The names in the Host header that the HTTP ports answer to, besides IP addresses and localhost. Name the public ones in production.',
    usedBy: 'every service',
  },
  PORT: {
    expects: 'a port',
    default: 'the port of the service in msx.yaml',
    purpose: 'The port to serve on; 0 picks a free one.',
    usedBy: 'every service',
  },
  HEALTH_PORT: {
    expects: 'a port',
    default: 'PORT + 1000',
    purpose: 'The plain HTTP port of /health/live, /health/ready, /health/started and /metrics.',
    usedBy: 'every service',
  },
  LOG_LEVEL: {
    expects: 'one of trace, debug, info, warn, error, fatal, silent',
    default: 'info',
    purpose: 'The minimum level that is logged.',
    usedBy: 'every service',
  },
  DATABASE_URL: {
    expects: 'postgres://user:password@host:port/database or sqlite:<file>',
    default: 'the SQLite file of the service, in its folder',
    purpose: 'The database.',
    usedBy: 'services with a database',
    secret: true,
  },
  DATABASE_PATIENCE: {
    expects: 'seconds from 1 to 3600',
    purpose:
      'How long to wait at the start for a PostgreSQL that does not answer, or that refuses the service because its database or role is still being created. Without it, the service waits for 5 seconds, and a refusal ends the start.',
    usedBy: 'services with a database',
  },
  ALLOW_SQLITE: {
    expects: 'one of true, false',
    default: 'false',
    purpose: 'Lets production run on SQLite. The data of a container is lost with it.',
    usedBy: 'services with a database',
  },
  KAFKA_BROKERS: {
    expects: 'host:port, separated by commas',
    default: '127.0.0.1:9092',
    purpose: 'The brokers to connect to first. Production has no default.',
    usedBy: 'services with events',
  },
  TOPICS: {
    expects: 'topic=partitions, separated by commas',
    purpose:
      'The topics to create when they are missing, dead-letter topics included. msx writes it from msx.yaml.',
    usedBy: 'services with events',
  },
  KAFKA_SECURITY: {
    expects: 'one of plaintext, ssl, sasl_plaintext, sasl_ssl',
    default: 'plaintext',
    purpose: 'How to connect to Kafka: encrypted (ssl), with a user name and a password (sasl), or both.',
    usedBy: 'services with events',
  },
  KAFKA_SASL_MECHANISM: {
    expects: 'one of plain, scram-sha-256, scram-sha-512',
    default: 'scram-sha-512',
    purpose: 'The SASL mechanism.',
    usedBy: 'services with events',
  },
  KAFKA_USERNAME: {
    expects: 'text',
    purpose: 'The user name for SASL.',
    usedBy: 'services with events',
  },
  KAFKA_PASSWORD: {
    expects: 'text',
    purpose: 'The password for SASL.',
    usedBy: 'services with events',
    secret: true,
  },
  KAFKA_CA: {
    expects: 'the path of a file of certificates in PEM',
    default: 'the authorities that Node trusts',
    purpose: 'The certificate authority of the brokers.',
    usedBy: 'services with events',
  },
  AUTH: {
    expects: 'required or optional',
    default: {
      production: 'required',
      elsewhere: 'required with JWKS or on a HOST that others reach, otherwise optional',
    },
    purpose:
      'Whether a call without a token is refused. A token that is sent is always checked. msx dev start sets optional; production accepts required only.',
    usedBy: 'services that check tokens',
  },
  JWKS: {
    expects: 'a JWK Set of public keys, or the path of one',
    purpose:
      'The keys that access tokens are checked with. A file is read again within a second of a change.',
    usedBy: 'services that check tokens',
  },
  JWT_KEYS: {
    expects: 'a JWK Set of private keys, or the path of one',
    purpose: 'The keys that access tokens are signed with. The first one signs.',
    usedBy: 'the service that issues tokens',
    secret: true,
  },
  JWT_ISSUER: {
    expects: 'text',
    default: 'msx',
    purpose: 'The iss claim of tokens: written when they are issued, required when they are checked.',
    usedBy: 'services that check tokens',
  },
  JWT_AUDIENCE: {
    expects: 'text',
    default: 'msx',
    purpose: 'The aud claim of tokens: written when they are issued, required when they are checked.',
    usedBy: 'services that check tokens',
  },
  ACCESS_TOKEN_TTL: {
    expects: 'seconds from 1 to 86400',
    default: '900',
    purpose: 'The lifetime of an access token: 15 minutes by default.',
    usedBy: 'the service that issues tokens',
  },
  REFRESH_TOKEN_TTL: {
    expects: 'seconds from 1 to 31536000',
    default: '2592000',
    purpose: 'The lifetime of a refresh token: 30 days by default. Each refresh starts it again.',
    usedBy: 'the service that issues tokens',
  },
  SESSIONS_URL: {
    expects: 'host:port, or several of them, separated by commas',
    purpose:
      'The service that issues tokens, where the sessions of tokens are looked up. Without it, tokens are valid until they expire.',
    usedBy: 'services that check tokens',
  },
  SESSIONS_NAME: {
    expects: 'text',
    purpose: 'The name in the certificate of the service at SESSIONS_URL, for mutual TLS.',
    usedBy: 'services that check tokens',
  },
  TLS_CERT: {
    expects: 'the path of a file in PEM',
    purpose: 'The certificate of this service. Mutual TLS needs TLS_CERT, TLS_KEY and TLS_CA.',
    usedBy: 'every service',
  },
  TLS_KEY: {
    expects: 'the path of a file in PEM',
    purpose: 'The private key of TLS_CERT.',
    usedBy: 'every service',
  },
  TLS_CA: {
    expects: 'the path of a file in PEM',
    purpose: 'The certificate authority that must have issued the certificates of other services.',
    usedBy: 'every service',
  },
  ALLOW_PLAINTEXT: {
    expects: 'one of true, false',
    default: 'false',
    purpose: 'Lets production run without mutual TLS.',
    usedBy: 'every service',
  },
  CALLERS: {
    expects: 'names of services, separated by commas, or none',
    purpose:
      'The services that may call this one, by the names in their certificates. Without it, every certificate of the authority is accepted; production with TLS requires it.',
    usedBy: 'services that serve gRPC',
  },
  GRPC_MAX_CONNECTION_AGE: {
    expects: 'seconds from 1 to 86400',
    default: '300',
    purpose: 'How long a client keeps one connection. It then reconnects, and finds new replicas.',
    usedBy: 'services that serve gRPC',
  },
} satisfies Record<Name, Setting>;

/** The variables that the runtime itself reads. */
export const RUNTIME_SETTINGS: Readonly<Record<string, Setting>> = table;

/** The address of an upstream, which a service reads for each service that it calls. */
export const upstreamSetting = (upstream: string): Setting => ({
  expects: 'host:port, or several of them, separated by commas',
  purpose: `Where ${upstream} is. Requests are spread over all addresses that the names resolve to.`,
  usedBy: 'services that call others',
});
