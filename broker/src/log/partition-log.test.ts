import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { silent } from '../log-line.js';
import { batchOf, type BatchOptions } from '../records/batch.fixture.js';
import { RecordBatch, sizeOf } from '../records/record-batch.js';
import { diskOf, type Disk } from '../storage/disk.js';
import { directories } from '../test-directory.fixture.js';
import { PartitionLog, type LogLimits } from './partition-log.js';

const LIMITS: LogLimits = { segmentBytes: 1 << 20, segmentMs: Infinity, retentionBytes: -1, retentionMs: -1 };
const directory = directories();
const opened: Disk[] = [];

const open = (path: string, replayed: number[] = []): PartitionLog => {
  const disk = diskOf(silent);
  opened.push(disk);
  return new PartitionLog(path, disk, {
    replayFrom: () => 0,
    replay: (batch) => replayed.push(batch.baseOffset),
    rolled: () => {},
    removed: () => {},
  });
};
afterEach(async () => {
  for (const { files, flusher } of opened.splice(0)) {
    await flusher.close();
    files.closeAll();
  }
});

const append = (log: PartitionLog, options: BatchOptions = {}, limits = LIMITS): void => {
  const batch = batchOf(options);
  batch.place(log.endOffset, 0);
  log.append(batch, limits);
};

const offsetsIn = (bytes: Buffer): number[] => {
  const offsets: number[] = [];
  for (let at = 0; at < bytes.length; at += sizeOf(bytes, at))
    offsets.push(new RecordBatch(bytes.subarray(at)).baseOffset);
  return offsets;
};
const readFrom = (
  log: PartitionLog,
  offset: number,
  { maxBytes = 1 << 20, oversize = true } = {},
): number[] => offsetsIn(log.read(offset, { maxBytes, oversize }));
const segmentsIn = (path: string): string[] => readdirSync(path).filter((name) => name.endsWith('.log'));
const last = (path: string): string => join(path, segmentsIn(path).at(-1)!);

describe('a partition’s log', () => {
  it('reads from the batch that holds an offset', () => {
    const log = open(join(directory(), '0'));
    append(log, { values: ['a', 'b', 'c'] });
    append(log, { values: ['d'] });
    expect(log.endOffset).toBe(4);
    expect(readFrom(log, 0)).toEqual([0, 3]);
    expect(readFrom(log, 2)).toEqual([0, 3]);
    expect(readFrom(log, 3)).toEqual([3]);
    expect(readFrom(log, 4)).toEqual([]);
  });

  it('respects the limit with whole batches, except for the first', () => {
    const log = open(directory());
    const one = batchOf().size;
    for (let i = 0; i < 5; i++) append(log);
    expect(readFrom(log, 0, { maxBytes: one * 3 - 1 })).toEqual([0, 1]);
    expect(readFrom(log, 0, { maxBytes: 1 })).toEqual([0]);
    expect(readFrom(log, 0, { maxBytes: 1, oversize: false })).toEqual([]);
  });

  it('creates nothing on disk before the first record', () => {
    const path = join(directory(), '0');
    const log = open(path);
    expect([log.startOffset, log.endOffset, readFrom(log, 0)]).toEqual([0, 0, []]);
    expect(() => statSync(path)).toThrow('ENOENT');
  });

  it('finds every offset and time in many segments, before and after a restart', () => {
    const path = directory();
    const limits = { ...LIMITS, segmentBytes: 40_000 };
    const log = open(path);
    for (let i = 0; i < 300; i++) append(log, { values: ['x'.repeat(700)], time: 1000 + i }, limits);
    expect(segmentsIn(path).length).toBeGreaterThan(4);
    for (const each of [log, open(path)]) {
      expect(each.endOffset).toBe(300);
      for (let offset = 0; offset < 300; offset++)
        expect(readFrom(each, offset, { maxBytes: 1 })).toEqual([offset]);
      for (let i = 0; i < 300; i += 7) expect(new RecordBatch(each.batchAt(1000 + i)!).baseOffset).toBe(i);
      expect(each.batchAt(1300)).toBeUndefined();
      expect(each.latestTime()).toBe(1299);
    }
  });

  it('truncates a torn tail of any length, and continues', () => {
    const path = directory();
    const size = batchOf().size;
    const log = open(path);
    for (let i = 0; i < 3; i++) append(log);
    const whole = readFileSync(last(path));
    for (let length = size * 2; length < size * 3; length++) {
      writeFileSync(last(path), whole);
      truncateSync(last(path), length);
      const recovered = open(path);
      expect(recovered.endOffset).toBe(2);
      expect(statSync(last(path)).size).toBe(size * 2);
      append(recovered);
      expect(readFrom(recovered, 0)).toEqual([0, 1, 2]);
    }
  });

  it('discards garbage at the end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 500 }), (garbage) => {
        const path = directory();
        const log = open(path);
        append(log, { values: ['a', 'b'] });
        appendFileSync(last(path), garbage);
        const recovered = open(path);
        append(recovered);
        expect(readFrom(recovered, 0)).toEqual([0, 2]);
      }),
      { numRuns: 50 },
    );
  });

  it('discards a valid batch with a wrong base offset', () => {
    const path = directory();
    append(open(path), { values: ['a', 'b'] });
    const foreign = batchOf();
    foreign.place(7, 0);
    appendFileSync(last(path), foreign.bytes);
    expect(open(path).endOffset).toBe(2);
  });

  it('replays the valid batches', () => {
    const path = directory();
    const log = open(path);
    for (let i = 0; i < 4; i++) append(log, { values: ['a', 'b'] }, { ...LIMITS, segmentBytes: 150 });
    const replayed: number[] = [];
    open(path, replayed);
    expect(replayed).toEqual([0, 2, 4, 6]);
  });

  it('deletes the oldest segments by size and by age, never the active one', () => {
    const path = directory();
    const one = batchOf().size;
    const limits = { ...LIMITS, segmentBytes: one };
    const log = open(path);
    for (let i = 0; i < 6; i++) append(log, { time: 1000 + i }, limits);
    log.retain({ ...limits, retentionBytes: 4 * one }, 2000);
    expect([log.startOffset, log.endOffset]).toEqual([2, 6]);
    log.retain({ ...limits, retentionMs: 500 }, 1504);
    expect([log.startOffset, log.endOffset]).toEqual([4, 6]);
    log.retain({ ...limits, retentionMs: 500 }, 9999);
    expect([log.startOffset, log.endOffset, log.size]).toEqual([6, 6, 0]);
    expect(open(path).endOffset).toBe(6);
  });

  it('deletes records before an offset', () => {
    const path = directory();
    const log = open(path);
    for (let i = 0; i < 6; i++) append(log, {}, { ...LIMITS, segmentBytes: batchOf().size });
    log.startAt(4);
    expect([log.startOffset, log.endOffset, segmentsIn(path).length]).toEqual([4, 6, 2]);
  });
});
