import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { batchOf } from '../records/batch.fixture.js';
import { controlBatchOf } from '../records/control-batch.js';
import type { RecordBatch } from '../records/record-batch.js';
import { ErrorCode } from '../wire/error-code.js';
import { ProducerStates } from './producer-states.js';

const DAY_MS = 86_400_000;

class Partition {
  states = new ProducerStates();
  end = 0;
  now = 0;

  append(batch: RecordBatch): void {
    batch.place(this.end, 0);
    this.states.appended(batch, this.now);
    this.end += batch.lastOffsetDelta + 1;
  }

  write(producerId: number, { epoch = 0, sequence = 0, attributes = 0b10000 } = {}): void {
    this.append(batchOf({ producerId, epoch, sequence, attributes }));
  }

  finish(producerId: number, committed: boolean, epoch = 0): void {
    this.append(controlBatchOf({ producerId, epoch, committed, coordinatorEpoch: 0 }, this.now));
  }
}

const codeOf = (work: () => void): number => {
  try {
    work();
    return ErrorCode.NONE;
  } catch (error) {
    return (error as { code: number }).code;
  }
};

describe('the transactions of a partition', () => {
  it('make it unstable from the first open one on', () => {
    const partition = new Partition();
    expect(partition.states.firstUnstableOffset).toBeUndefined();
    partition.write(1);
    partition.write(2);
    partition.write(1, { sequence: 1 });
    expect(partition.states.firstUnstableOffset).toBe(0);
    partition.finish(1, true);
    expect(partition.states.firstUnstableOffset).toBe(1);
    partition.finish(2, false);
    expect(partition.states.firstUnstableOffset).toBeUndefined();
    expect(partition.states.abortedBetween(0, 9)).toEqual([{ producerId: 2, firstOffset: 1, lastOffset: 4 }]);
  });

  it('end once: another marker, or one without records, aborts nothing', () => {
    const partition = new Partition();
    partition.finish(1, false);
    partition.write(1);
    partition.finish(1, true);
    partition.finish(1, false);
    expect(partition.states.abortedBetween(0, 9)).toEqual([]);
  });

  it('are listed if they overlap a range of offsets, as in any order of ends', () => {
    const step = fc.record({ producerId: fc.nat(3), action: fc.constantFrom('write', 'commit', 'abort') });
    fc.assert(
      fc.property(fc.array(step), fc.nat(20), fc.nat(20), (steps, from, length) => {
        const partition = new Partition();
        const open = new Map<number, number>();
        const aborted: [number, number][] = [];
        for (const { producerId, action } of steps) {
          if (action === 'write' && !open.has(producerId)) open.set(producerId, partition.end);
          if (action === 'abort' && open.has(producerId))
            aborted.push([open.get(producerId)!, partition.end]);
          if (action === 'write') partition.write(producerId);
          else partition.finish(producerId, action === 'commit');
          if (action !== 'write') open.delete(producerId);
        }
        const copy = new ProducerStates();
        copy.restore(JSON.parse(JSON.stringify(partition.states)));
        const first = open.size > 0 ? Math.min(...open.values()) : undefined;
        const expected = aborted.filter(([start, end]) => start < from + length && end >= from);
        for (const states of [partition.states, copy]) {
          const found = states.abortedBetween(from, from + length);
          expect(found.map((one) => [one.firstOffset, one.lastOffset])).toEqual(expected);
          expect(states.firstUnstableOffset).toBe(first);
        }
      }),
    );
  });

  it('of deleted records are forgotten', () => {
    const partition = new Partition();
    partition.write(1);
    partition.finish(1, false);
    partition.states.startAt(1);
    expect(partition.states.abortedBetween(0, 9)).toHaveLength(1);
    partition.states.startAt(2);
    expect(partition.states.abortedBetween(0, 9)).toEqual([]);
  });

  it('keep their producer from being forgotten', () => {
    const partition = new Partition();
    partition.write(1);
    partition.write(2);
    partition.finish(2, true);
    partition.states.expire(DAY_MS + 1);
    expect(partition.states.all().map(([id]) => id)).toEqual([1]);
  });
});

describe('a producer after a transaction', () => {
  it('continues its sequence in the same epoch, and begins at 0 in the next', () => {
    const partition = new Partition();
    partition.write(1);
    partition.finish(1, true);
    const check = (epoch: number, sequence: number): number =>
      codeOf(() => partition.states.check(batchOf({ producerId: 1, epoch, sequence })));
    expect([check(0, 0), check(0, 1)]).toEqual([ErrorCode.NONE, ErrorCode.NONE]);
    partition.finish(1, true, 1);
    expect(check(0, 1)).toBe(ErrorCode.INVALID_PRODUCER_EPOCH);
    expect([check(1, 0), check(1, 1)]).toEqual([ErrorCode.NONE, ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER]);
  });

  it('that is unknown must begin at 0 only if its transactions are of version 2', () => {
    const states = new ProducerStates();
    const check = (sequence: number, beginsAtZero: boolean): number =>
      codeOf(() => states.check(batchOf({ producerId: 1, epoch: 0, sequence }), beginsAtZero));
    expect(check(5, false)).toBe(ErrorCode.NONE);
    expect(check(5, true)).toBe(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(check(0, true)).toBe(ErrorCode.NONE);
  });
});

describe('a snapshot of a broker without transactions', () => {
  it('is restored', () => {
    const states = new ProducerStates();
    const batches = [{ firstSequence: 0, lastSequence: 1, baseOffset: 3, time: 5 }];
    states.restore(JSON.parse(JSON.stringify([[7, { epoch: 0, batches }]])));
    const batch = batchOf({ producerId: 7, epoch: 0, sequence: 0, values: ['a', 'b'] });
    expect(states.check(batch)?.baseOffset).toBe(3);
    states.expire(DAY_MS + 6);
    expect(states.all()).toEqual([]);
  });
});
