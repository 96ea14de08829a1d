import * as Flags from '@oclif/core/flags';
import { MsxError } from '../errors/msx-error.js';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
const MAX_PORT = 65_535;
const DEFAULT_PORT = 9092;
const DEFAULT_HOST = '127.0.0.1';

const text = (helpValue: string, description: string) => Flags.string({ helpValue, description });
const texts = (helpValue: string, description: string) =>
  Flags.string({ helpValue, description, multiple: true, multipleNonGreedy: true });

/** The options of the broker by their names there, in `broker/src/options.ts`: they are passed on as they are. */
const options = {
  port: Flags.integer({
    ...{ char: 'p', min: 0, max: MAX_PORT, helpValue: 'PORT' },
    description: `port to listen on; 0 picks a free port (default: ${DEFAULT_PORT})`,
  }),
  host: text('HOST', `address to listen on (default: ${DEFAULT_HOST})`),
  data: Flags.string({
    ...{ helpValue: 'DIR', exclusive: ['memory'] },
    description: 'folder to keep the data in, created if missing (default: in memory)',
  }),
  'memory-limit': Flags.integer({
    ...{ min: 1, helpValue: 'MB' },
    description: 'limit of data in memory; beyond it, the oldest records are deleted (default: 512)',
  }),
  advertised: text('HOST[:PORT]', 'address that clients connect to, if it differs'),
  'default-partitions': Flags.integer({
    ...{ min: 1, helpValue: 'COUNT' },
    description: 'partitions of a topic created without a number (default: 1)',
  }),
  'no-auto-create': Flags.boolean({ description: 'do not create a topic because a client asks for it' }),
  set: texts(
    'NAME=VALUE',
    "setting of Kafka's server.properties, such as log.retention.ms=60000; may be repeated",
  ),
  fsync: Flags.boolean({ description: 'flush every write to the disk before it is acknowledged' }),
  'node-id': Flags.integer({ min: 0, helpValue: 'ID', description: 'id of the broker (default: 1)' }),
  listener: texts('URL', 'another listener, such as sasl_ssl://localhost:9095; may be repeated'),
  'no-plaintext': Flags.boolean({
    description: 'listen only with --tls, --sasl or where --listener says, not without security',
  }),
  users: text('FILE', 'lines of user:password for SASL (default: those in MSX_BROKER_USERS)'),
  'sasl-mechanisms': text(
    'LIST',
    'PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER (default: all but OAUTHBEARER)',
  ),
  'max-reauth': Flags.integer({
    ...{ min: 0, helpValue: 'MS' },
    description:
      'time after which a client of SASL must have authenticated again (default: 0, which is never)',
  }),
  'tls-cert': text('FILE', 'certificate in PEM (default: one made for development, DIR/tls/cert.pem)'),
  'tls-key': text('FILE', 'private key of the certificate, in PEM'),
  'tls-ca': text('FILE', 'mutual TLS: clients need a certificate of this CA'),
  metrics: Flags.integer({
    ...{ min: 0, max: MAX_PORT, helpValue: 'PORT' },
    description: 'port to serve metrics for Prometheus at, under /metrics (default: none)',
  }),
};

/** The flags of `msx broker start`. */
export const brokerFlags = {
  ...options,
  memory: Flags.boolean({ description: 'keep the data in memory, which is the default' }),
  tls: Flags.boolean({
    description:
      'another listener with TLS, at the next port (with --no-plaintext: at --port); clients trust DIR/tls/cert.pem',
  }),
  sasl: Flags.boolean({ description: 'another listener for which clients authenticate, at the next port' }),
  'log-level': Flags.option({
    options: LEVELS,
    description: 'minimum level that is logged; in the background, info or debug',
  })(),
};

interface Values {
  readonly [name: string]: unknown;
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly tls: boolean;
  readonly sasl: boolean;
  readonly 'no-plaintext'?: boolean;
  readonly users?: string | undefined;
}

/** The command line of the broker. Throws USAGE for `--sasl` without users. */
export function brokerArgs(values: Values, env: NodeJS.ProcessEnv = process.env): string[] {
  const passed = Object.keys(options).flatMap((name) => {
    const value = values[name];
    if (typeof value === 'boolean') return value ? [`--${name}`] : [];
    return [value ?? []].flat().map((one) => `--${name}=${String(one)}`);
  });
  return [...passed, ...secureListener(values, env)];
}

/** One listener for what `--tls` and `--sasl` ask, beside the one without either, or in its place. */
function secureListener(
  { port = DEFAULT_PORT, host, tls, sasl, users, 'no-plaintext': alone }: Values,
  env: NodeJS.ProcessEnv,
): string[] {
  if (!tls && !sasl) return [];
  if (sasl && users === undefined && !env['MSX_BROKER_USERS'])
    throw new MsxError('USAGE', {
      reason: '--sasl needs users: pass --users FILE, a file with lines of user:password',
      command: 'broker start',
    });
  const protocol = `${sasl ? 'sasl_' : ''}${tls ? 'ssl' : 'plaintext'}`;
  return [`--listener=${protocol}://${host ?? DEFAULT_HOST}:${port === 0 || alone ? port : port + 1}`];
}

/** Where clients on this machine connect to a broker that listens on a host. */
export const localAddress = (host: string | undefined, port: number): string =>
  host === undefined || host === '0.0.0.0' || host === '::'
    ? `${DEFAULT_HOST}:${port}`
    : `${host.includes(':') ? `[${host}]` : host}:${port}`;
