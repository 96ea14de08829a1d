import { closeSync, constants, fstatSync, ftruncateSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { whilePaused } from './while-paused.js';
import { openLog } from './log-file.js';
import { NEWLINE, chunksOf, lastLineEnd, lineStart, linesIn, linesOf, readAt } from './log-lines.js';
import { writersOf } from '../../processes/process-table.js';

/** A log is cut when it exceeds `max` bytes; `kept` bytes of it move to `<file>.1`. */
const BOUNDS = { max: 10 * 1024 * 1024, kept: 5 * 1024 * 1024 };
const CHECK_INTERVAL_MS = 1_000;

/** How much was written before the content of a file; once a log was cut, recorded in the first line of its files. */
interface Cut {
  bytes: number;
  lines: number;
}

/** Also parsed by inspection/logs/log-bytes.ts. */
const HEAD = /^\{"cut":\{"bytes":(\d+),"lines":(\d+)\}.*\n/;
const HEAD_BYTES = 512;

/** A log, and the process group that writes to it. */
export interface WrittenLog {
  log: string;
  group: number;
}

/** Keeps logs within bounds from now on; does not keep this process alive. */
export function boundLogs(logs: () => WrittenLog[]): void {
  const cutAll = () => {
    for (const each of logs())
      try {
        cutLog(each);
      } catch {
        // A log that cannot be cut now, for example on a full disk, is cut later.
      }
  };
  setInterval(cutAll, CHECK_INTERVAL_MS).unref();
}

/**
 * Cuts a log that is too long without losing a line: copies its end to `<file>.1`, then empties it. Its writers are paused
 * for the moment in which the latest lines are copied, and then continue in the same file. @returns whether it was cut.
 * Throws errno errors.
 */
export function cutLog({ log: file, group }: WrittenLog, { max, kept } = BOUNDS): boolean {
  const log = openLog(file);
  try {
    const { size, dev, ino } = fstatSync(log);
    if (size <= max) return false;
    const copy = new Copy(file, log, kept);
    try {
      copy.copyCompleteLines(size);
      return whilePaused(
        () => writersOf({ dev, ino }, group),
        () => copy.finish(),
      );
    } finally {
      copy.close();
    }
  } finally {
    closeSync(log);
  }
}

/** Copies the kept part of a log from one file to the other. */
class Copy {
  readonly #fresh: string;
  readonly #to: number;
  /** How far the log was copied: the offset in the file, and the total. */
  #offset = 0;
  #cut: Cut = { bytes: 0, lines: 0 };

  constructor(
    private readonly file: string,
    private readonly log: number,
    private readonly kept: number,
  ) {
    this.#fresh = `${file}.1.new`;
    this.#to = openLog(this.#fresh, constants.O_TRUNC);
  }

  /** Copies the complete lines up to an offset, while more are being written. */
  copyCompleteLines(size: number): void {
    const { head, cut } = headOf(this.log);
    const end = lastLineEnd(this.log, head, size);
    const from = lineStart(this.log, Math.max(head, size - this.kept), end);
    this.#cut = { bytes: cut.bytes + from - head, lines: cut.lines + linesIn(this.log, head, from) };
    this.#offset = end;
    const before = this.#cut.lines > 0 ? 'earlier lines were dropped' : 'start of the log';
    write(this.#to, headLine(this.#cut, before));
    for (const chunk of chunksOf(this.log, from, end)) this.#append(chunk);
  }

  /** Copies the lines that were written meanwhile, and empties the log except for an incomplete line. */
  finish(): void {
    const rest = readAt(this.log, this.#offset, fstatSync(this.log).size - this.#offset);
    const end = rest.lastIndexOf(NEWLINE) + 1;
    const isTooLong = end === 0 && rest.length > this.kept;
    this.#append(isTooLong ? Buffer.concat([rest, Buffer.of(NEWLINE)]) : rest.subarray(0, end));
    renameSync(this.#fresh, `${this.file}.1`);
    ftruncateSync(this.log);
    const head = headLine(this.#cut, `earlier lines are in ${basename(this.file)}.1`);
    write(this.log, isTooLong ? head : Buffer.concat([head, rest.subarray(end)]));
  }

  close(): void {
    closeSync(this.#to);
    rmSync(this.#fresh, { force: true });
  }

  #append(bytes: Buffer): void {
    write(this.#to, bytes);
    this.#cut.bytes += bytes.length;
    this.#cut.lines += linesOf(bytes);
  }
}

function headOf(log: number): { head: number; cut: Cut } {
  const [line = '', bytes = 0, lines = 0] = HEAD.exec(readAt(log, 0, HEAD_BYTES).toString('latin1')) ?? [];
  return { head: line.length, cut: { bytes: Number(bytes), lines: Number(lines) } };
}

function headLine(cut: Cut, msg: string): Buffer {
  const time = new Date().toISOString();
  return Buffer.from(`${JSON.stringify({ cut, level: 'info', time, service: 'msx', msg })}\n`);
}

function write(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
}
