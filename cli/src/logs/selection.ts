import { MsxError } from '../errors/msx-error.js';
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
}

/** Lines that do not say count as `info`. */
export function matches({ grep, level, since }: Selection, entry: Entry): boolean {
  const own = entry.lines[0]!.level ?? 'info';
  if (level && LEVELS.indexOf(own) < LEVELS.indexOf(level)) return false;
  if (since !== undefined && entry.time < since) return false;
  return !grep || entry.lines.some(({ text }) => grep.test(text));
}

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `10m`, `1h30m` and the like before now, or a moment in ISO 8601. Throws USAGE. */
export function parseSince(text: string, now: number): number {
  if (/^(\d+[smhd])+$/.test(text)) {
    const parts = [...text.matchAll(/(\d+)([smhd])/g)];
    return now - parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit as 's'], 0);
  }
  const moment = Date.parse(text);
  if (!Number.isNaN(moment)) return moment;
  throw new MsxError('USAGE', {
    reason: `--since takes a time like 10m, 2h or ${new Date(now).toISOString()}, not "${text}"`,
    command: 'logs',
  });
}

/** Throws USAGE. */
export function parseGrep(text: string): RegExp {
  try {
    return new RegExp(text, 'u');
  } catch (error) {
    throw new MsxError('USAGE', { reason: `--grep: ${(error as Error).message}`, command: 'logs' });
  }
}
