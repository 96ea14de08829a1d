import type { BrokerOptions } from './start-broker.js';

/** The command line is not one we can start with. */
export class InvalidOptions extends Error {
  override name = 'InvalidOptions';
}

/** A production system is about to stand on a development broker. */
export class NotForProduction extends Error {
  override name = 'NotForProduction';
}

export const optionTable = {
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '9092' },
  data: { type: 'string' },
  advertised: { type: 'string' },
  'default-partitions': { type: 'string', default: '1' },
} as const;

type Values = { [K in keyof typeof optionTable]?: string | undefined };

/** Checks what the command line says. Throws {@link InvalidOptions} or {@link NotForProduction}. */
export const optionsFrom = (values: Values, env: NodeJS.ProcessEnv): BrokerOptions => {
  if (env['NODE_ENV'] === 'production' && env['ALLOW_EMBEDDED_BROKER'] !== 'true')
    throw new NotForProduction(
      'the embedded broker is for development; run Apache Kafka, or set ALLOW_EMBEDDED_BROKER=true',
    );
  if (!values.data) throw new InvalidOptions('--data DIRECTORY is missing');
  return {
    host: values.host,
    port: integer('--port', values.port!, { min: 0, max: 65535 }),
    data: values.data,
    advertised: values.advertised === undefined ? undefined : addressIn(values.advertised),
    defaultPartitions: integer('--default-partitions', values['default-partitions']!, { min: 1, max: 1000 }),
  };
};

const integer = (name: string, text: string, { min, max }: { min: number; max: number }): number => {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  throw new InvalidOptions(`${name} is a number from ${min} to ${max}, not "${text}"`);
};

/** `host`, `host:port` or `[ipv6]:port`. */
const addressIn = (text: string): { host: string; port?: number } => {
  const [, host, port] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(text) ?? [];
  if (!host) throw new InvalidOptions(`--advertised is HOST or HOST:PORT, not "${text}"`);
  const bare = host.replace(/^\[|\]$/g, '');
  return port ? { host: bare, port: integer('--advertised', port, { min: 1, max: 65535 }) } : { host: bare };
};
