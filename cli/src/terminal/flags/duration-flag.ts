import * as Flags from '@oclif/core/flags';
import { MsxError } from '../errors/msx-error.js';
import { DURATION_FORMS, parseDuration, parseTime } from '../../model/system/duration.js';

/** The maximum delay of a timer in Node: a longer one fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** A flag that takes a duration; commands read milliseconds. */
export const durationFlag = Flags.custom<number>({
  helpValue: 'DURATION',
  parse: async (text, _, { name }) => {
    const ms = parseDuration(text);
    if (ms === undefined) throw refusal(name, `must be a duration such as ${DURATION_FORMS}`, text);
    if (ms > MAX_TIMER_MS) throw refusal(name, 'must be at most 24d', text);
    return ms;
  },
});

/** The flag `--timeout` of a command that waits for something. */
export function timeoutFlag(defaultValue: string, description = 'how long to wait') {
  return durationFlag({
    default: parseDuration(defaultValue)!,
    defaultHelp: async () => defaultValue,
    description,
  });
}

/** The flag `--since` of a command that shows logs; commands read milliseconds since 1970. */
export const sinceFlag = Flags.custom<number>({
  helpValue: 'TIME',
  description: 'only entries newer than this: 30s, 10m, 1h30m, 1d or an ISO 8601 time',
  parse: async (text, _, { name }) => {
    const now = Date.now();
    const time = parseTime(text, now);
    if (time !== undefined) return time;
    const example = new Date(now).toISOString();
    throw refusal(name, `must be a duration such as ${DURATION_FORMS}, or a time such as ${example}`, text);
  },
});

const refusal = (name: string, rule: string, text: string) =>
  new MsxError('USAGE', { reason: `--${name} ${rule}, not "${text}"` });
