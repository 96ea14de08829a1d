import { parseArgs } from 'node:util';
import { parseAddress } from './address.js';
import type { BrokerOptions } from './broker-options.js';
import { securityFrom } from './security/security-from.js';

/** The command line is invalid. */
export class InvalidOptions extends Error {
  override name = 'InvalidOptions';
}

/** The development broker must not run in production. */
export class NotForProduction extends Error {
  override name = 'NotForProduction';
}

/** A command-line option. One without a `value` is a switch. The help and the README show it as it is here. */
export interface Option {
  /** What stands for the value: `DIR`. */
  readonly value?: string;
  readonly default?: string;
  readonly short?: string;
  /** May be given several times. */
  readonly multiple?: true;
  /** What the option does, in half a line. */
  readonly text: string;
}

/** All command-line options, in the order of the help. */
export const optionTable = {
  host: { value: 'HOST', default: '127.0.0.1', text: 'address to listen on' },
  port: { value: 'PORT', default: '9092', text: 'port to listen on; 0 picks a free port' },
  data: { value: 'DIR', text: 'directory to keep the data in, created if missing (default: in memory)' },
  'memory-limit': {
    value: 'MB',
    default: '512',
    text: 'limit of data in memory; beyond it, the oldest records are deleted',
  },
  advertised: { value: 'HOST[:PORT]', text: 'address that clients connect to, if it differs' },
  'default-partitions': { value: 'N', default: '1', text: 'partitions of a topic created without a number' },
  'no-auto-create': { text: 'do not create a topic because a client asks for it' },
  set: {
    value: 'NAME=VALUE',
    multiple: true,
    text: "a setting of Kafka's server.properties, such as log.retention.ms=60000",
  },
  fsync: { text: 'flush every write to the disk before it is acknowledged' },
  'node-id': { value: 'N', default: '1', text: 'id of the broker' },
  listener: {
    value: 'URL',
    multiple: true,
    text: 'another listener, such as sasl_ssl://localhost:9095; its protocol is plaintext, ssl, sasl_plaintext or sasl_ssl',
  },
  'no-plaintext': { text: 'listen only where --listener says, not without security on --host and --port' },
  users: { value: 'FILE', text: 'lines of user:password for SASL' },
  'sasl-mechanisms': {
    value: 'LIST',
    text: 'PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER (default: all but OAUTHBEARER, whose tokens are unsecured)',
  },
  'max-reauth': {
    value: 'MS',
    default: '0',
    text: 'time after which a client of SASL must have authenticated again; 0 is never',
  },
  'tls-cert': {
    value: 'FILE',
    text: 'certificate in PEM (default: one made for development, DIR/tls/cert.pem)',
  },
  'tls-key': { value: 'FILE', text: 'private key of the certificate, in PEM' },
  'tls-ca': { value: 'FILE', text: 'mutual TLS: clients need a certificate of this CA' },
  metrics: { value: 'PORT', text: 'port to serve metrics for Prometheus at, under /metrics (default: none)' },
  help: { short: 'h', text: 'print this help' },
  version: { short: 'v', text: 'print the version' },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof optionTable;

/** The options with a value are strings, switches are booleans, and what may be repeated is a list. */
export type Values = {
  [K in OptionName]?: (typeof optionTable)[K] extends { multiple: true }
    ? string[]
    : (typeof optionTable)[K] extends { value: string }
      ? string
      : boolean;
};

/** Reads a command line. Throws an error of `parseArgs`, whose code begins with ERR_PARSE_ARGS, if it is invalid. */
export const parseOptions = (args: readonly string[]): Values => {
  const table: Record<string, Option> = optionTable;
  const forms = Object.entries(table).map(([name, option]) => [name, formOf(option)] as const);
  return parseArgs({ args: [...args], options: Object.fromEntries(forms) }).values as Values;
};

const formOf = ({ value, default: byDefault, short, multiple }: Option) => ({
  type: value === undefined ? ('boolean' as const) : ('string' as const),
  ...(byDefault !== undefined && { default: byDefault }),
  ...(short !== undefined && { short }),
  ...(multiple && { multiple }),
});

/** Validates the values of a command line. Throws {@link InvalidOptions} or {@link NotForProduction}. */
export const optionsFrom = (values: Values, env: NodeJS.ProcessEnv): BrokerOptions => {
  if (env['NODE_ENV'] === 'production' && env['ALLOW_EMBEDDED_BROKER'] !== 'true')
    throw new NotForProduction(
      'the embedded broker is for development; run Apache Kafka, or set ALLOW_EMBEDDED_BROKER=true',
    );
  if (values['no-plaintext'] && !values.listener)
    throw new InvalidOptions('--no-plaintext needs a --listener, such as sasl_ssl://localhost:9095');
  if (values.data === '') throw new InvalidOptions('--data must name a directory');
  return {
    host: values.host,
    port: integer('--port', values.port!, { min: 0, max: 65535 }),
    data: values.data,
    memoryBytes: integer('--memory-limit', values['memory-limit']!, { min: 1, max: 1 << 20 }) * MEGABYTE,
    advertised: values.advertised === undefined ? undefined : addressIn(values.advertised),
    plaintext: !values['no-plaintext'],
    ...securityFrom(values, { env, fail: (problem) => new InvalidOptions(problem) }),
    nodeId: integer('--node-id', values['node-id'] ?? '1', { min: 0, max: 2_147_483_647 }),
    metricsPort:
      values.metrics === undefined ? undefined : integer('--metrics', values.metrics, { min: 0, max: 65535 }),
    defaultPartitions: integer('--default-partitions', values['default-partitions']!, { min: 1, max: 1000 }),
    autoCreate: !values['no-auto-create'],
    fsync: values.fsync ?? false,
    settings: settingsIn(values.set ?? []),
  };
};

const settingsIn = (pairs: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
      if (name === undefined) throw new InvalidOptions(`--set must be NAME=VALUE, not "${pair}"`);
      return [name, value!];
    }),
  );

const MEGABYTE = 1 << 20;

const integer = (name: string, text: string, { min, max }: { min: number; max: number }): number => {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  throw new InvalidOptions(`${name} must be a number from ${min} to ${max}, not "${text}"`);
};

/** `host`, `host:port` or `[ipv6]:port`. */
const addressIn = (text: string): { host: string; port?: number } => {
  const hasPort = /:\d*$/.test(text.replace(/^\[[^\]]*\]/, ''));
  const parsed = parseAddress(hasPort ? text : `${text}:1`);
  if (typeof parsed === 'string')
    throw new InvalidOptions(`--advertised must be HOST or HOST:PORT, not "${text}": it ${parsed}`);
  return hasPort ? parsed : { host: parsed.host };
};
