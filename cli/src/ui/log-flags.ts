import * as Flags from '@oclif/core/flags';
import { LEVELS } from '../logs/log-line.js';
import { parseGrep, parseId } from '../logs/selection.js';
import { sinceFlag } from './duration-flag.js';
import type { Level } from '../logs/log-line.js';
import type { Selection } from '../logs/selection.js';

/** How many lines are shown when no flag says how many. */
export const DEFAULT_LINES = 100;

interface LogFlags {
  /** Milliseconds since 1970. */
  readonly since?: number;
  readonly grep?: string;
  readonly level?: Level;
  readonly request?: string;
  readonly trace?: string;
}

/** What all commands that show the logs of services can be told, apart from how many lines. */
export const logFlags = {
  follow: Flags.boolean({ char: 'f', description: 'keep showing new entries until Ctrl-C' }),
  since: sinceFlag(),
  grep: Flags.string({
    helpValue: 'REGEX',
    description: 'only entries that match this regular expression, as they were written',
  }),
  level: Flags.option({ options: LEVELS, description: 'minimum level' })(),
  request: Flags.string({
    helpValue: 'ID',
    description: 'only entries of this request; the first 4 characters of its id, or more',
  }),
  trace: Flags.string({
    helpValue: 'ID',
    description: 'only entries of this trace; the first 4 characters of its id, or more',
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
