import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync, statSync } from 'node:fs';
import { followLogs } from '../../inspection/logs/follow-logs.js';
import { LineReader } from '../../inspection/logs/line-reader.js';
import { readLogs } from '../../inspection/logs/read-logs.js';
import { ToySystem, until } from './toy-system.fixture.js';
import type { Entry } from '../../inspection/logs/entries.js';
import type { Selection } from '../../inspection/logs/selection.js';

const SKIPPED = /^(\d+) lines were cut from the log before they could be shown$/;

/** The bound of drivers/process/cut-log.ts, in bytes. */
const LONGEST_LOG = 10 * 1024 * 1024;

interface Recorded {
  n?: number;
  msg?: string;
  time?: string;
}

/** A service that writes 12 MB a second, whose log is cut repeatedly. */
describe('the log of a service that writes much', () => {
  let toys: ToySystem;
  beforeEach(async () => {
    toys = await ToySystem.create({ alpha: 'flooding' });
  });
  afterEach(() => toys.destroy());

  const logs = () => [{ service: 'alpha', file: toys.log('alpha') }];
  const read = (selection: Selection) => [...readLogs(logs(), selection).entries].map(recordOf);
  const linesOf = (file: string) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .slice(1, -1)
      .map((line) => JSON.parse(line) as Recorded);
  const follower = () => followLogs(readLogs(logs(), { last: 0 }).end, {}, new AbortController().signal);
  /** Nothing more is cut from a log within bounds that has ended. */
  const isWithinBounds = () => statSync(toys.log('alpha')).size <= LONGEST_LOG;

  /** Follows up to the end of the flood: expects all numbers in order, except for those that are reported as cut. */
  async function follow(following: AsyncGenerator<Entry>): Promise<{ lines: number; skipped: number }> {
    let [next, lines, skipped] = [0, 0, 0];
    for await (const entry of following) {
      const { n, msg = '' } = recordOf(entry);
      const missing = Number(SKIPPED.exec(msg)?.[1] ?? 0);
      skipped += missing;
      lines += missing || 1;
      if (msg === 'the flood is over') return { lines, skipped };
      if (n === undefined) continue;
      if (skipped > 0 ? n < next : n !== next) throw new Error(`${n} where ${next} should be`);
      next = n + 1;
    }
    throw new Error('the flood did not end');
  }

  it('is followed to its last line, and a slow reader is told how many lines were cut', async () => {
    const [quick, slow] = [follower(), follower()];
    await toys.start();
    const followed = await follow(quick);
    expect(followed.lines).toBeGreaterThan(100_000);
    await until(isWithinBounds);
    const { begin, end } = LineReader.open(toys.log('alpha'))!.bytes;
    expect(end).toBeGreaterThan(40_000_000);
    expect(await follow(slow)).toEqual({ lines: followed.lines, skipped: begin.lines });
  });

  it('is read as one, including the part that was cut', async () => {
    const following = follower();
    await toys.start();
    await follow(following);
    await until(isWithinBounds);
    const kept = [`${toys.log('alpha')}.1`, toys.log('alpha')].flatMap(linesOf);
    expect(read({ last: kept.length })).toEqual(kept);
    expect(read({ last: 1000 })).toEqual(kept.slice(-1000));
    const middle = kept[Math.floor(kept.length / 2)]!;
    const numbers = read({ since: Date.parse(middle.time!) }).flatMap(({ n }) =>
      n === undefined ? [] : [n],
    );
    expect(numbers).toEqual(numbers.map((_, at) => numbers[0]! + at));
    expect(numbers[0]).toBeLessThanOrEqual(middle.n!);
    expect(numbers.at(-1)).toBe(kept.at(-1)!.n);
  });
});

const recordOf = ({ lines }: Entry) => lines[0]!.record as Recorded;
