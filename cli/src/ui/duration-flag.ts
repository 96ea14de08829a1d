import * as Flags from '@oclif/core/flags';
import { MsxError } from '../errors/msx-error.js';
import { DURATION_FORMS, parseDuration, parseTime } from '../system/duration.js';

/** The longest that a timer of Node can wait: one for longer ends at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** A flag that takes a duration; commands read milliseconds. */
export const durationFlag = Flags.custom<number>({
  helpValue: 'DURATION',
  parse: async (text, _, { name }) => {
    const ms = parseDuration(text);
    if (ms === undefined) throw refusal(name, `must be a duration like ${DURATION_FORMS}`, text);
    if (ms > LONGEST_MS) throw refusal(name, 'must be at most 24d', text);
    return ms;
  },
});

/** The flag `--timeout` of a command that waits for something. */
export function timeoutFlag(standard: string, description = 'how long to wait') {
  return durationFlag({ default: parseDuration(standard)!, defaultHelp: async () => standard, description });
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
    throw refusal(name, `must be a duration like ${DURATION_FORMS}, or a time like ${example}`, text);
  },
});

const refusal = (name: string, rule: string, text: string) =>
  new MsxError('USAGE', { reason: `--${name} ${rule}, not "${text}"` });
