import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cutLog } from './cut-log.js';
import { openLog } from './log-file.js';
import { isStopped } from '../../processes/process-table.js';
import type { ChildProcess } from 'node:child_process';

const MEGABYTE = 1024 * 1024;
const BOUNDS = { max: 4 * MEGABYTE, kept: 2 * MEGABYTE };

/** Writes numbered lines to stdout, at a rate in megabytes per second, and exits after a number of seconds. */
const WRITER = `
const [rate, seconds] = process.argv.slice(1).map(Number);
const began = performance.now();
let n = 0, bytes = 0;
setInterval(() => {
  const spent = (performance.now() - began) / 1000;
  while (bytes < spent * rate * ${MEGABYTE}) {
    const line = String(n++).padEnd(100 + (n % 7) * 50, '.') + '\\n';
    process.stdout.write(line);
    bytes += line.length;
  }
  if (spent > seconds) process.exit();
}, 5);
`;

describe('a log that is cut', () => {
  let folder: string;
  let file: string;
  let child: ChildProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'msx-cut-'));
    file = join(folder, 'alpha.log');
    child = undefined;
  });
  afterEach(() => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const write = (rate: number, seconds: number) => {
    const fd = openLog(file);
    child = spawn(process.execPath, ['-e', WRITER, String(rate), String(seconds)], {
      stdio: ['ignore', fd, fd],
      detached: true,
    });
    closeSync(fd);
    return new Promise<boolean>((resolve) => child!.once('exit', () => resolve(true)));
  };
  const cut = (bounds = BOUNDS) => cutLog({ log: file, group: child?.pid ?? process.pid }, bounds);
  const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n').slice(0, -1);
  const numbersOf = (path: string) =>
    linesOf(path)
      .slice(1)
      .map((line) => Number(/^(\d+)\.+$/.exec(line)?.[1]));
  const headOf = (path: string) => (JSON.parse(linesOf(path)[0]!) as { cut: object }).cut;

  it('loses no line of a service that writes 12 MB/s, and starts with a complete one', async () => {
    const ended = write(12, 3);
    let cuts = 0;
    let longest = 0;
    for (let last = -1, over = false; !over;) {
      over = (await Promise.race([ended, pause(20)])) === true;
      const began = performance.now();
      if (!cut()) continue;
      cuts++;
      longest = Math.max(longest, performance.now() - began);
      const numbers = [...numbersOf(`${file}.1`)];
      expect(numbers).toEqual(numbers.map((_, n) => numbers[0]! + n));
      expect(numbersOf(file)[0] ?? numbers.at(-1)! + 1).toBe(numbers.at(-1)! + 1);
      expect(headOf(file)).toMatchObject({ lines: numbers.at(-1)! + 1 });
      expect(numbers.at(-1)).toBeGreaterThan(last);
      last = numbers.at(-1)!;
    }
    const rest = numbersOf(file);
    expect(rest).toEqual(rest.map((_, n) => rest[0]! + n));
    expect(cuts).toBeGreaterThan(0);
    expect(statSync(file).size).toBeLessThanOrEqual(BOUNDS.max);
    expect(statSync(`${file}.1`).mode & 0o777).toBe(0o600);
  });

  it('keeps an incomplete line whole, and counts all that was written', () => {
    const writer = openLog(file);
    const lines = Array.from({ length: 5000 }, (_, n) => `${n}`.padEnd(1000, '.') + '\n');
    for (const line of lines) writeSync(writer, line);
    writeSync(writer, 'half a li');
    expect(cut()).toBe(true);
    writeSync(writer, 'ne\n');
    closeSync(writer);
    expect(linesOf(file).slice(1)).toEqual(['half a line']);
    const bytes = Buffer.byteLength(lines.join(''));
    expect(headOf(file)).toEqual({ bytes, lines: 5000 });
    const kept = numbersOf(`${file}.1`);
    expect(headOf(`${file}.1`)).toEqual({ bytes: 1001 * kept[0]!, lines: kept[0] });
    expect(kept.at(-1)).toBe(4999);
  });

  it('breaks a line that is too long, and is otherwise left unchanged', () => {
    writeFileSync(file, 'x'.repeat(5 * MEGABYTE));
    expect(cut()).toBe(true);
    expect([linesOf(file).length, linesOf(`${file}.1`)[1]!.length]).toEqual([1, 5 * MEGABYTE]);
    expect(cut()).toBe(false);
  });

  it('does not resume a process that somebody else has stopped', async () => {
    void write(4, 60);
    while (statSync(file).size < 2 * MEGABYTE) await pause(20);
    const { pid } = child!;
    expect(cut({ max: 1, kept: MEGABYTE })).toBe(true);
    expect(isStopped(pid!)).toBe(false);
    process.kill(pid!, 'SIGSTOP');
    while (!isStopped(pid!)) await pause(5);
    appendTo(file);
    expect(cut({ max: 1, kept: MEGABYTE })).toBe(true);
    expect(isStopped(pid!)).toBe(true);
  });
});

function appendTo(file: string): void {
  const fd = openSync(file, 'a');
  writeSync(fd, 'a line\n');
  closeSync(fd);
}
