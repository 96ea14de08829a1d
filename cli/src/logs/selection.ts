import { MsxError } from '../errors/msx-error.js';
import { REQUEST_KEYS, TRACE_KEYS, idUnder } from './ids.js';
import { LEVELS } from './log-line.js';
import type { Entry } from './entries.js';
import type { Level } from './log-line.js';

/** Which entries to show. */
export interface Selection {
  /** Only the last so many of those that match. */
  last?: number;
  /** Not those before; milliseconds since 1970. */
  since?: number;
  grep?: RegExp;
  /** Not those below. */
  level?: Level;
  /** How the id of their request begins, in lower case. */
  request?: string;
  /** How the id of their trace begins, in lower case. */
  trace?: string;
}

/** Lines that do not say count as `info`. */
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

/** What a request may be called (see runtime/src/grpc/request-metadata.ts), and the hexadecimal ids of W3C Trace Context. */
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

/** The beginning of an id to look for. Throws USAGE. */
export function parseId(flag: keyof typeof ID_SHAPES, text: string): string {
  const { shape, advice } = ID_SHAPES[flag];
  const beginning = text.toLowerCase();
  if (shape.test(beginning)) return beginning;
  throw new MsxError('USAGE', { reason: `--${flag} takes ${advice}, not ${JSON.stringify(text)}` });
}
