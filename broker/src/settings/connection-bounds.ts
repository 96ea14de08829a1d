import { ErrorCode } from '../wire/error-code.js';
import { refuse } from './check-config.js';

/** What the settings of a broker allow of connections. */
export interface ConnectionBounds {
  /** Of all listeners together. */
  readonly max: number;
  /** New ones in a second, measured over `windows` of `windowMs`. */
  readonly creationRate: number;
  readonly windows: number;
  readonly windowMs: number;
  maxOf(address: string): number;
}

const PER_IP = 'max.connections.per.ip';
const OVERRIDES = 'max.connections.per.ip.overrides';
/** The value that stands for no limit. */
export const UNLIMITED_CONNECTIONS = 2_147_483_647;

type ValueOf = (name: string) => string | null;

export const connectionBoundsOf = (valueOf: ValueOf): ConnectionBounds => {
  const number = (name: string): number => Number(valueOf(name));
  const entries = entriesIn(valueOf(OVERRIDES)).flatMap(addressesOf);
  const overrides = new Map(entries.map(({ host, count }) => [host, Number(count)]));
  const perIp = number(PER_IP);
  return {
    max: number('max.connections'),
    creationRate: number('max.connection.creation.rate'),
    windows: number('quota.window.num'),
    windowMs: 1000 * number('quota.window.size.seconds'),
    maxOf: (address) => overrides.get(plain(address)) ?? perIp,
  };
};

/** Refuses values with which Kafka does not start, in its words. */
export const checkConnectionBounds = (valueOf: ValueOf, code: ErrorCode = ErrorCode.INVALID_CONFIG): void => {
  const entries = entriesIn(valueOf(OVERRIDES));
  const wrong = entries.find(({ host, count }) => host === '' || !/^[+-]?\d+$/.test(count));
  if (wrong)
    refuse(
      `Error parsing configuration property '${OVERRIDES}': an entry is not of the form host:count`,
      code,
    );
  if (Number(valueOf(PER_IP)) === 0 && entries.length === 0)
    refuse(`requirement failed: ${PER_IP} can be set to zero only if ${OVERRIDES} property is set.`, code);
};

interface Override {
  readonly host: string;
  readonly count: string;
}

const entriesIn = (text: string | null): Override[] =>
  (text ?? '')
    .split(',')
    .filter((entry) => entry.trim() !== '')
    .map((entry) => {
      const colon = Math.max(entry.lastIndexOf(':'), 0);
      return { host: entry.slice(0, colon).trim(), count: entry.slice(colon + 1).trim() };
    });

/** Names other than localhost are not looked up. */
const addressesOf = ({ host, count }: Override): Override[] =>
  (host === 'localhost' ? ['127.0.0.1', '::1'] : [host]).map((address) => ({ host: address, count }));

/** A listener for both families sees addresses of IPv4 in the form of IPv6. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
