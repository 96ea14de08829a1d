import * as Flags from '@oclif/core/flags';
import { MsxError } from '../errors/msx-error.js';
import { parsePosition } from '../../inspection/topics/start-position.js';
import { addressesFlag } from './checked-flags.js';
import type { StartPosition } from '../../inspection/topics/start-position.js';

/** The flags that select a Kafka and the credentials for it. */
export const kafkaFlags = {
  brokers: addressesFlag({
    aliases: ['broker'],
    env: 'KAFKA_BROKERS',
    noCacheDefault: true,
    description: 'brokers, separated by commas (default: the broker in msx.yaml)',
  }),
  // See the flag of the same name of msx config check.
  file: Flags.string({
    aliases: ['env-file'],
    helpValue: 'FILE',
    description:
      'file of NAME=value lines, such as KAFKA_SECURITY and KAFKA_PASSWORD, added to the environment variables',
  }),
};

export const yesFlag = Flags.boolean({ char: 'y', description: 'do not ask for confirmation' });

/** Where to start in a topic. */
export const positionFlag = Flags.custom<StartPosition>({
  helpValue: 'POSITION',
  parse: async (text, _, { name }) => {
    const now = Date.now();
    const position = parsePosition(text, now);
    if (position) return position;
    const forms = `beginning, end, an offset, a duration such as 10m, or a time such as ${new Date(now).toISOString()}`;
    throw new MsxError('USAGE', { reason: `--${name} must be ${forms}, not "${text}"` });
  },
});

export interface Pair {
  readonly name: string;
  readonly value: string;
}

/** The pairs of a flag by name; of two with the same name, the last one counts. */
export const pairsOf = (pairs: readonly Pair[] = []): Record<string, string> =>
  Object.fromEntries(pairs.map((pair) => [pair.name, pair.value]));

/** `name=value`; the value may contain further equals signs. */
export const pairFlag = Flags.custom<Pair>({
  helpValue: 'NAME=VALUE',
  parse: async (text, _, { name }) => {
    const [, key, value] = /^([^=]+)=([^]*)$/.exec(text) ?? [];
    if (key !== undefined && value !== undefined) return { name: key, value };
    throw new MsxError('USAGE', { reason: `--${name} must be NAME=VALUE, not "${text}"` });
  },
});
