import type { parseArgs } from 'node:util';
import { parseAddress } from './address.js';
import { securityFrom } from './security/security-from.js';
import type { BrokerOptions } from './start-broker.js';

/** The command line is invalid. */
export class InvalidOptions extends Error {
  override name = 'InvalidOptions';
}

/** The development broker must not run in production. */
export class NotForProduction extends Error {
  override name = 'NotForProduction';
}

export const optionTable = {
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '9092' },
  data: { type: 'string' },
  advertised: { type: 'string' },
  'default-partitions': { type: 'string', default: '1' },
  'node-id': { type: 'string', default: '1' },
  listener: { type: 'string', multiple: true },
  users: { type: 'string' },
  'sasl-mechanisms': { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'tls-ca': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

type Values = Partial<ReturnType<typeof parseArgs<{ options: typeof optionTable }>>['values']>;

/** Parses and validates the command line. Throws {@link InvalidOptions} or {@link NotForProduction}. */
export const optionsFrom = (values: Values, env: NodeJS.ProcessEnv): BrokerOptions => {
  if (env['NODE_ENV'] === 'production' && env['ALLOW_EMBEDDED_BROKER'] !== 'true')
    throw new NotForProduction(
      'the embedded broker is for development; run Apache Kafka, or set ALLOW_EMBEDDED_BROKER=true',
    );
  if (!values.data) throw new InvalidOptions('--data DIRECTORY is missing');
  return {
    host: values.host!,
    port: integer('--port', values.port!, { min: 0, max: 65535 }),
    data: values.data,
    advertised: values.advertised === undefined ? undefined : addressIn(values.advertised),
    ...securityFrom(values, { env, fail: (problem) => new InvalidOptions(problem) }),
    nodeId: integer('--node-id', values['node-id'] ?? '1', { min: 0, max: 2_147_483_647 }),
    defaultPartitions: integer('--default-partitions', values['default-partitions']!, { min: 1, max: 1000 }),
  };
};

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
