import { MsxError } from '../../terminal/errors/msx-error.js';
import { REQUEST_KEYS, TRACE_KEYS, idUnder } from './ids.js';
import { LEVELS } from './log-line.js';
import type { Entry } from './entries.js';
import type { Level } from './log-line.js';

/** Which entries to show. */
export interface Selection {
  /** Number of matching entries, counted from the end (default: all). */
  last?: number;
  /** Only entries since this time; milliseconds since the epoch. */
  since?: number;
  grep?: RegExp;
  /** Minimum level. */
  level?: Level;
  /** The start of a request id, in lower case. */
  request?: string;
  /** The start of a trace id, in lower case. */
  trace?: string;
}

/** Lines without a level count as `info`. */
export function matches({ grep, level, since, request, trace }: Selection, entry: Entry): boolean {
  const { record, level: own = 'info' } = entry.lines[0]!;
  if (level && LEVELS.indexOf(own) < LEVELS.indexOf(level)) return false;
  if (since !== undefined && entry.time < since) return false;
  if (request !== undefined && !beginsWith(request, idUnder(REQUEST_KEYS, record))) return false;
  if (trace !== undefined && !beginsWith(trace, idUnder(TRACE_KEYS, record))) return false;
  return !grep || entry.lines.some(({ text }) => grep.test(text));
}

const beginsWith = (beginning: string, id: string | undefined) =>
  id?.toLowerCase().startsWith(beginning) === true;

/** Throws USAGE. */
export function parseGrep(text: string): RegExp {
  try {
    return new RegExp(text, 'u');
  } catch (error) {
    throw new MsxError('USAGE', { reason: `--grep: ${(error as Error).message}` });
  }
}

/** Request ids (see runtime/src/grpc/wire/request-metadata.ts), and the hexadecimal ids of W3C Trace Context. */
const ID_SHAPES = {
  request: {
    shape: /^[\w.:-]{4,128}$/,
    advice: '4 or more characters of a request id, such as e24826a1',
  },
  trace: {
    shape: /^[\da-f]{4,32}$/,
    advice: '4 to 32 hexadecimal digits of a trace id, such as 8b3d5661',
  },
} as const;

/** Parses the start of an id. Throws USAGE. */
export function parseId(flag: keyof typeof ID_SHAPES, text: string): string {
  const { shape, advice } = ID_SHAPES[flag];
  const beginning = text.toLowerCase();
  if (shape.test(beginning)) return beginning;
  throw new MsxError('USAGE', { reason: `--${flag} takes ${advice}, not ${JSON.stringify(text)}` });
}
