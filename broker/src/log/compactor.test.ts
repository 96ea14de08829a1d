import { copyFileSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { silent } from '../log-line.js';
import { batchOf } from '../records/batch.fixture.js';
import { readRecords } from '../records/read-records.js';
import { RecordBatch, sizeOf } from '../records/record-batch.js';
import { diskOf } from '../storage/disk.js';
import type { FilePool } from '../storage/file-pool.js';
import { directories } from '../test-directory.fixture.js';
import type { CompactionRules } from './compaction-plan.js';
import { Compactor, type Transactions } from './compactor.js';
import { PartitionLog } from './partition-log.js';

const RULES: CompactionRules = {
  minDirtyRatio: 0,
  minLagMs: 0,
  maxLagMs: Infinity,
  deleteRetentionMs: 1000,
  segmentBytes: 300,
};
const LIMITS = { segmentBytes: 150, segmentMs: Infinity, retentionBytes: -1, retentionMs: -1 };
const directory = directories();
const pools: FilePool[] = [];
afterEach(() => {
  for (const files of pools.splice(0)) files.closeAll();
});

const open = (path: string) => {
  const disk = diskOf(silent);
  pools.push(disk.files);
  const observer = { replayFrom: () => 0, replay: () => {}, rolled: () => {}, removed: () => {} };
  const log = new PartitionLog(path, disk, observer);
  const compact = (now = 0, transactions: Partial<Transactions> = {}) =>
    new Compactor(log, disk).compact(
      RULES,
      { stableOffset: log.endOffset, isAborted: () => false, ...transactions },
      now,
    );
  return { log, compact };
};

type Entry = readonly [key: string, value: string | null];

const append = (log: PartitionLog, entries: readonly Entry[], attributes = 0): void => {
  const batch = batchOf({
    keys: entries.map(([key]) => key),
    values: entries.map(([, value]) => value),
    attributes,
  });
  batch.place(log.endOffset, 0);
  log.append(batch, LIMITS);
};

const batchesIn = (log: PartitionLog): RecordBatch[] => {
  const batches: RecordBatch[] = [];
  for (let offset = log.startOffset; offset < log.endOffset;) {
    const bytes = log.read(offset, { maxBytes: 1 << 20, oversize: true });
    if (bytes.length === 0) break;
    for (let at = 0; at < bytes.length; at += sizeOf(bytes, at))
      batches.push(new RecordBatch(bytes.subarray(at, at + sizeOf(bytes, at))));
    offset = batches.at(-1)!.lastOffset + 1;
  }
  return batches;
};

const contentOf = (log: PartitionLog) =>
  batchesIn(log).flatMap((batch) => [
    ...[...readRecords(batch)!].map(({ offset, key, isTombstone }) => ({
      offset,
      key: key!.toString(),
      isTombstone,
    })),
  ]);

const entries = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('x', 'y', null)), {
  minLength: 1,
  maxLength: 4,
});
const batches = fc.array(fc.record({ entries, attributes: fc.constantFrom(0, 1) }), { maxLength: 30 });

describe('compaction', () => {
  it('removes what a later record supersedes, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(batches, { minLength: 1, maxLength: 3 }), async (rounds) => {
        const path = join(directory(), '0');
        const { log, compact } = open(path);
        const written: { offset: number; key: string; isTombstone: boolean }[] = [];
        for (const round of rounds) {
          for (const { entries: records, attributes } of round) {
            const base = log.endOffset;
            append(log, records, attributes);
            for (const [i, [key, value]] of records.entries())
              written.push({ offset: base + i, key, isTombstone: value === null });
          }
          await compact();
        }
        const dirtyFrom = log.sealed.at(-1)?.endOffset ?? 0;
        const latest = new Map(
          written.filter(({ offset }) => offset < dirtyFrom).map(({ key, offset }) => [key, offset]),
        );
        const expected = written.filter(
          ({ key, offset }) => offset >= dirtyFrom || latest.get(key)! === offset,
        );
        expect(contentOf(log)).toEqual(expected);
        expect(contentOf(open(path).log)).toEqual(expected);
        expect(batchesIn(log).every((batch) => batch.isIntact())).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps tombstones for delete.retention.ms, counted from their first compaction', async () => {
    const { log, compact } = open(join(directory(), '0'));
    const rest = () => contentOf(log).filter(({ key }) => key === 'gone');
    append(log, [['gone', 'x']]);
    append(log, [['gone', null]]);
    const roll = () => Array.from({ length: 3 }, (_, i) => append(log, [[`filler${i}`, 'x']]));
    roll();
    await compact(0);
    expect(rest()).toEqual([{ offset: 1, key: 'gone', isTombstone: true }]);
    roll();
    await compact(999);
    expect(rest()).toHaveLength(1);
    roll();
    await compact(1000);
    expect(rest()).toEqual([]);
  });

  it('touches neither undecided transactions nor the records of aborted ones', async () => {
    const { log, compact } = open(join(directory(), '0'));
    for (const value of ['1', '2', '3', '4', '5', '6']) append(log, [['a', value]]);
    const before = contentOf(log);
    await compact(0, { stableOffset: 1 });
    expect(contentOf(log)).toEqual(before);
    await compact(0, { isAborted: ({ baseOffset }) => baseOffset > 0 });
    expect(contentOf(log)).toEqual(before);
  });

  it('gives way to a deletion of records', async () => {
    const { log, compact } = open(join(directory(), '0'));
    for (let i = 0; i < 200; i++) append(log, [['a', String(i)]]);
    const compacting = compact();
    log.startAt(100);
    await compacting;
    expect(contentOf(log).every(({ offset }) => offset >= 98)).toBe(true);
    expect(log.endOffset).toBe(200);
  });

  it('has the old or the new records after a crash between the two steps of a swap', async () => {
    const path = join(directory(), '0');
    const { log, compact } = open(path);
    for (const value of ['1', '2', '3', '4', '5', '6', '7', '8']) append(log, [['a', value]]);
    const saved = join(directory(), 'saved');
    const segments = () => readdirSync(path).filter((name) => name.endsWith('.log'));
    const originals = segments();
    for (const name of originals) copyFileSync(join(path, name), `${saved}-${name}`);
    const end = log.sealed.at(-1)!.endOffset;
    await compact();
    const expected = contentOf(log);
    const [first] = segments();
    const covered = log.sealed[0]!.endOffset;
    expect(covered).toBeLessThanOrEqual(end);
    renameSync(join(path, first!), join(path, first!.replace('.log', `.${covered}.swap`)));
    for (const name of originals)
      if (Number(name.slice(0, 20)) < covered) copyFileSync(`${saved}-${name}`, join(path, name));
    expect(contentOf(open(path).log)).toEqual(expected);
    expect(readdirSync(path).filter((name) => name.includes('swap'))).toEqual([]);
  });
});
