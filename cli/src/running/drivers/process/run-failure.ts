import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Exit } from '../../engine/resource.js';

const MAX_BYTES = 16 * 1024;
const MAX_LINES = 12;

type Failure = Pick<Exit, 'reason' | 'lastLines'>;

interface LogLine {
  level?: string;
  code?: string;
  msg?: string;
  err?: { message?: string };
}

/** The reason and the last lines of a run that failed; `from` is where the run starts in the log, in bytes. */
export function runFailure(file: string, from: number): Failure {
  const lines = tail(file, from)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return { reason: reasonOf(lines), lastLines: lines.slice(-MAX_LINES).map(readable) };
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
    // A log that has become shorter was cut since.
    const start = Math.max(size < from ? 0 : from, size - MAX_BYTES);
    const bytes = Buffer.alloc(size - start);
    return bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, start));
  } finally {
    closeSync(fd);
  }
}

/** Preferably the fatal log line of a service, else the error that Node printed. */
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
