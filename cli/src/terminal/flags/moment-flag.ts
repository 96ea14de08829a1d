import * as Flags from '@oclif/core/flags';
import type { Moment } from '../../inspection/database/moment.js';
import { parseTime } from '../../model/system/duration.js';
import { MsxError } from '../errors/msx-error.js';

/** A flag that takes the version of an aggregate, or a time. */
export const momentFlag = Flags.custom<Moment>({
  helpValue: 'VERSION|TIME',
  parse: async (text, _, { name }) => {
    if (/^\d{1,9}$/.test(text)) return { version: Number(text) };
    const now = Date.now();
    const time = parseTime(text, now);
    if (time !== undefined) return { time };
    const rule = `must be a version, a duration such as 10m, or a time such as ${new Date(now).toISOString()}`;
    throw new MsxError('USAGE', { reason: `--${name} ${rule}, not "${text}"` });
  },
});
