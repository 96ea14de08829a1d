import * as Flags from '@oclif/core/flags';
import { LEVELS } from '../../inspection/logs/log-line.js';
import { parseGrep, parseId } from '../../inspection/logs/selection.js';
import { sinceFlag } from '../flags/duration-flag.js';
import type { Level } from '../../inspection/logs/log-line.js';
import type { Selection } from '../../inspection/logs/selection.js';

/** The default of `--lines`. */
export const DEFAULT_LINES = 100;

interface LogFlags {
  /** Milliseconds since 1970. */
  readonly since?: number;
  readonly grep?: string;
  readonly level?: Level;
  readonly request?: string;
  readonly trace?: string;
}

/** The flags of all commands that show logs, except `--lines`. */
export const logFlags = {
  follow: Flags.boolean({ char: 'f', description: 'show new entries as they are written, until Ctrl-C' }),
  since: sinceFlag(),
  grep: Flags.string({
    helpValue: 'REGEX',
    description: 'only entries whose original text matches this regular expression',
  }),
  level: Flags.option({ options: LEVELS, description: 'minimum level of entries' })(),
  request: Flags.string({
    helpValue: 'ID',
    description: 'only entries of this request; at least the first 4 characters of its id',
  }),
  trace: Flags.string({
    helpValue: 'ID',
    description: 'only entries of this trace; at least the first 4 characters of its id',
  }),
  wide: Flags.boolean({ description: 'show all fields, full ids and the date' }),
};

/** Throws USAGE. */
export const selectionOf = ({ since, grep, level, request, trace }: LogFlags): Selection => ({
  ...(since !== undefined && { since }),
  ...(grep !== undefined && { grep: parseGrep(grep) }),
  ...(level && { level }),
  ...(request !== undefined && { request: parseId('request', request) }),
  ...(trace !== undefined && { trace: parseId('trace', trace) }),
});
