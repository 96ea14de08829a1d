import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Exit } from '../../engine/resource.js';

const MOST_BYTES = 16 * 1024;
const MOST_LINES = 12;

type Words = Pick<Exit, 'reason' | 'lastLines'>;

interface LogLine {
  level?: string;
  code?: string;
  msg?: string;
  err?: { message?: string };
}

/** What a run said last: its log from where the run began, in bytes. */
export function lastWords(file: string, from: number): Words {
  const lines = tail(file, from)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return { reason: reasonOf(lines), lastLines: lines.slice(-MOST_LINES).map(readable) };
}

function tail(file: string, from: number): string {
  let fd: number;
  try {
    fd = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(fd);
    // A log that is shorter than it was has been cut since.
    const start = Math.max(size < from ? 0 : from, size - MOST_BYTES);
    const bytes = Buffer.alloc(size - start);
    return bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, start));
  } finally {
    closeSync(fd);
  }
}

/** The fatal line of a service says best why it ended; else the error that Node printed. */
function reasonOf(lines: string[]): Exit['reason'] {
  const fatal = lines.map(parse).findLast((line) => line?.level === 'fatal');
  if (fatal?.msg) return { code: fatal.code ?? 'FATAL', message: fatal.msg };
  const thrown = lines.findLast((line) => /^(\w*Error\b.*?: |error: )/.test(line));
  return thrown ? { code: 'CRASHED', message: thrown } : undefined;
}

function readable(line: string): string {
  const parsed = parse(line);
  if (!parsed?.msg) return line;
  const detail = parsed.err?.message && parsed.err.message !== parsed.msg ? `: ${parsed.err.message}` : '';
  return `${parsed.level ?? ''} ${parsed.msg}${detail}`.trim();
}

function parse(line: string): LogLine | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return undefined;
  }
}
