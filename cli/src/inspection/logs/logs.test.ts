import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { followLogs } from './follow-logs.js';
import { LineReader } from './line-reader.js';
import { readLogs } from './read-logs.js';
import { parseGrep, parseId } from './selection.js';
import type { Entry } from './entries.js';
import type { Selection } from './selection.js';
import { itWhere } from '../../../../checks/skipping.fixture.js';

const START = Date.UTC(2026, 0, 1, 12);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'msx-logs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (service: string) => join(folder, `${service}.log`);
const files = (...services: string[]) => services.map((service) => ({ service, file: file(service) }));
const line = (second: number, msg: string, rest: object = {}) =>
  JSON.stringify({ level: 'info', time: new Date(START + second * 1000).toISOString(), msg, ...rest }) + '\n';
const write = (service: string, ...lines: string[]) => appendFileSync(file(service), lines.join(''));
const textOf = ({ lines }: Entry) => lines.map(({ record, text }) => record?.['msg'] ?? text).join('|');
const read = (selection: Selection, ...services: string[]) =>
  [...readLogs(files(...services), selection).entries].map(textOf);

describe('logs', () => {
  it('ignore a time that is out of range', () => {
    write('a', '{"time":1e300,"msg":"x"}\n');
    expect([...readLogs(files('a'), {}).entries].map(({ time }) => time)).toEqual([0]);
  });

  it('are merged by time; a line without a time stays behind the line before it', () => {
    write('a', line(1, 'a1'), line(4, 'a4'), 'Error: plain\n', '    at x\n', '    at y\n', line(6, 'a6'));
    write('b', line(2, 'b2'), line(5, 'b5'));
    expect(read({}, 'a', 'b', 'absent')).toEqual([
      'a1',
      'b2',
      'a4',
      'Error: plain|    at x|    at y',
      'b5',
      'a6',
    ]);
  });

  it.each<[string, Selection, string[]]>([
    ['the last two', { last: 2 }, ['b5', 'a6']],
    ['none', { last: 0 }, []],
    ['more than there are', { last: 99 }, ['a1', 'b2', 'a4', 'b5', 'a6']],
    ['those since a time', { since: START + 4000 }, ['a4', 'b5', 'a6']],
    ['the last of those', { since: START + 4000, last: 1 }, ['a6']],
    ['those that match a pattern', { grep: /"a\d"/ }, ['a1', 'a4', 'a6']],
    ['the last of those', { grep: /"a[14]"/, last: 1 }, ['a4']],
    ['those of a level', { level: 'warn' }, ['b5']],
    ['nothing', { level: 'fatal' }, []],
    ['those of a request', { request: 'e248' }, ['a1', 'b5']],
    ['those of a trace', { trace: '8b3d5661' }, ['a4']],
    ['the last of a request that match', { request: 'e24826a1', grep: /"a/, level: 'info', last: 1 }, ['a1']],
    ['those of a request since a time', { request: 'e24826a1', since: START + 2000 }, ['b5']],
    ['those of an unknown request', { request: 'ffff' }, []],
  ])('can be filtered: %s', (...[, selection, expected]) => {
    const requestId = 'e24826a1-7670-441c-9868-5d10f3470ece';
    const traceId = '8b3d5661a289ee05c4ddfca5cad1404d';
    write('a', line(1, 'a1', { requestId }), line(4, 'a4', { traceId }), line(6, 'a6'));
    write('b', line(2, 'b2', { level: 'debug' }), line(5, 'b5', { level: 50, requestId }));
    expect(read(selection, 'a', 'b')).toEqual(expected);
  });

  it('leave out a line that is still being written', () => {
    write('a', line(1, 'whole'), '{"level":"info"');
    expect(read({ last: 5 }, 'a')).toEqual(['whole']);
  });

  it('are the same whether read from the start or from the end, however long their lines are', () => {
    const aLine = fc.record({
      second: fc.nat(50),
      text: fc.string({ unit: 'grapheme', maxLength: 30 }),
      long: fc.nat(3),
    });
    const property = fc.property(fc.array(aLine), fc.array(aLine), fc.nat(40), (a, b, last) => {
      for (const [service, lines] of Object.entries({ a, b })) {
        const sorted = [...lines].sort((x, y) => x.second - y.second);
        const texts = sorted.map(({ second, text, long }) => line(second, text + 'é'.repeat(long * 20_000)));
        writeFileSync(file(service), texts.join(''));
      }
      const times = (selection: Selection) =>
        [...readLogs(files('a', 'b'), selection).entries].map(({ time }) => time);
      const whole = times({});
      expect(whole).toHaveLength(a.length + b.length);
      expect(whole).toEqual([...whole].sort((x, y) => x - y));
      expect(times({ last })).toEqual(last === 0 ? [] : whole.slice(-last));
    });
    fc.assert(property, { numRuns: 40 });
  });

  it('are not read from the start if only the end is needed', () => {
    write('a', line(0, 'x'.repeat(5_000_000)), line(1, 'a1'), line(2, 'a2'));
    const reader = LineReader.open(file('a'))!;
    const size = reader.bytes.end;
    const [last, previous] = reader.backwards(size);
    expect([last!.text, previous!.text].map((text) => (JSON.parse(text) as { msg: string }).msg)).toEqual([
      'a2',
      'a1',
    ]);
    expect([...reader.forwards(previous!.start, size)].map(({ end }) => end)).toEqual([previous!.end, size]);
    reader.close();
  });

  it('are not read through a link', () => {
    symlinkSync('/etc/passwd', file('a'));
    expect(() => readLogs(files('a'), {})).toThrow(expect.objectContaining({ code: 'LOG_UNREADABLE' }));
  });
});

describe('followed logs', () => {
  /** The next `count` entries. */
  async function follow(count: number, write: () => void, selection: Selection = {}): Promise<string[]> {
    const { entries, end } = readLogs(files('a', 'b'), { last: 0 });
    expect([...entries]).toEqual([]);
    const controller = new AbortController();
    const seen: string[] = [];
    write();
    for await (const entry of followLogs(end, selection, controller.signal)) {
      seen.push(textOf(entry));
      if (seen.length === count) controller.abort();
    }
    return seen;
  }

  it('continue where reading ended, in files that may not exist yet', async () => {
    write('a', line(1, 'old'));
    expect(await follow(2, () => (write('a', line(3, 'a3')), write('b', line(2, 'b2'))))).toEqual([
      'b2',
      'a3',
    ]);
  });

  it('continue after truncation, even if the file has grown again since', async () => {
    write('a', line(1, 'old'), line(2, 'older'));
    expect(await follow(1, () => (truncateSync(file('a')), write('a', line(3, 'new'))))).toEqual(['new']);
    const grown = line(4, 'x'.repeat(1000));
    expect(await follow(1, () => (truncateSync(file('a')), write('a', grown)))).toEqual(['x'.repeat(1000)]);
  });

  it('continue in a file that was replaced', async () => {
    write('a', line(1, 'old'));
    const replace = () => (renameSync(file('a'), file('a.1')), write('a', line(1, 'one'), line(2, 'two')));
    expect(await follow(2, replace)).toEqual(['one', 'two']);
  });

  it('show only what matches', async () => {
    const lines = () => write('a', line(1, 'no'), line(2, 'yes', { level: 'error' }));
    expect(await follow(1, lines, { level: 'error' })).toEqual(['yes']);
  });
});

/** A slow disk can take long for this. */
describe('a log that is emptied at this moment, before it is told what was cut from it', () => {
  const head = (bytes: number, lines: number) =>
    line(0, 'cut', { level: 'info' }).replace('{', `{"cut":${JSON.stringify({ bytes, lines })},`);
  const kept = [line(1, 'one'), line(2, 'two')];
  const bytes = 1000 + kept.join('').length;
  beforeEach(() => {
    writeFileSync(`${file('a')}.1`, head(1000, 7) + kept.join(''));
    write('a', '');
  });

  it('is read without a gap', () => {
    expect(read({}, 'a')).toEqual(['one', 'two']);
    expect(read({ last: 1 }, 'a')).toEqual(['two']);
  });

  it('is followed without repeating what it had', async () => {
    const { end } = readLogs(files('a'), { last: 0 });
    const controller = new AbortController();
    const seen: string[] = [];
    setTimeout(() => write('a', head(bytes, 9), line(3, 'three')), 250);
    for await (const entry of followLogs(end, {}, controller.signal)) {
      seen.push(textOf(entry));
      controller.abort();
    }
    expect(seen).toEqual(['three']);
  });
});

describe('a long line', () => {
  /** The lowest CPU time of several runs, in microseconds: less affected by a busy machine than elapsed time. */
  function reading(megabytes: number): number {
    writeFileSync(file('long'), 'x'.repeat(megabytes * 1024 * 1024) + '\n');
    const times = [1, 2, 3].map(() => {
      const reader = LineReader.open(file('long'))!;
      const before = process.cpuUsage();
      const lines = [...reader.forwards(0, reader.bytes.end), ...reader.backwards(reader.bytes.end)];
      const { user, system } = process.cpuUsage(before);
      expect(lines).toHaveLength(2);
      reader.close();
      return user + system;
    });
    return Math.min(...times);
  }

  it('takes linear time, from either end', () => {
    const [short, long] = [reading(2), reading(48)];
    // Linear would be 24, quadratic 576; collecting garbage in a large heap, and coverage, take their part.
    expect(long / short).toBeLessThan(400);
  });

  itWhere(existsSync('/proc/self/io'), 'this system does not count the bytes that are read')(
    'is read once while it is written',
    async () => {
      const bytesRead = () => Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))![1]);
      const controller = new AbortController();
      const following = followLogs(readLogs(files('a'), { last: 0 }).end, {}, controller.signal);
      appendFileSync(file('a'), 'x'.repeat(9 * 1024 * 1024));
      const next = following.next();
      await pause(300);
      const before = bytesRead();
      await pause(1000);
      expect(bytesRead() - before).toBeLessThan(1024 * 1024);
      appendFileSync(file('a'), 'x\n');
      expect(textOf((await next).value as Entry)).toHaveLength(9 * 1024 * 1024 + 1);
      controller.abort();
    },
  );
});

describe('a file that is not a log', () => {
  it.each([
    ['a folder', () => mkdirSync(file('a'))],
    ['a pipe', () => execFileSync('mkfifo', [file('a')])],
  ])('is named in the error: %s', (_, make) => {
    make();
    expect(() => readLogs(files('a'), {})).toThrow(
      expect.objectContaining({ code: 'LOG_UNREADABLE', message: expect.stringContaining(file('a')) }),
    );
  });
});

describe('a filter', () => {
  it.each<['request' | 'trace', string, string]>([
    ['request', 'e248', 'e248'],
    ['request', 'E24826A1-7670', 'e24826a1-7670'],
    ['request', 'checkout:retry.3', 'checkout:retry.3'],
    ['trace', '8B3D5661', '8b3d5661'],
  ])('accepts a %s: %s', (...[flag, text, expected]) => expect(parseId(flag, text)).toBe(expected));

  it.each<[string, () => unknown]>([
    ['--grep', () => parseGrep('(')],
    ['--request', () => parseId('request', 'e24')],
    ['--request', () => parseId('request', 'request=e24826a1')],
    ['--request', () => parseId('request', 'e24826a1\u001b[2J')],
    ['--trace', () => parseId('trace', 'e24826a1-7670')],
    ['--trace', () => parseId('trace', '0'.repeat(33))],
  ])('refuses an invalid value: %s', (flag, parse) =>
    expect(parse).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(`^${flag}`) }),
    ),
  );
});
