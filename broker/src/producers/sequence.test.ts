import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { batchOf } from '../records/batch.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { ProducerStates } from './producer-states.js';

const MAX = 0x7fffffff;

/** One partition as an idempotent producer sees it. */
class Partition {
  states = new ProducerStates();
  end = 0;

  /** The offset of the batch, or the name of the error. */
  send(sequence: number, { epoch = 0, count = 1 } = {}): number | string {
    const batch = batchOf({
      producerId: 7,
      epoch,
      sequence,
      values: Array.from({ length: count }, () => 'v'),
    });
    try {
      const repeated = this.states.check(batch);
      if (repeated) return repeated.baseOffset;
    } catch (error) {
      const { code } = error as { code: number };
      return Object.entries(ErrorCode).find(([, value]) => value === code)![0];
    }
    batch.place(this.end, 0);
    this.states.appended(batch, 0);
    this.end += count;
    return batch.baseOffset;
  }
}

describe('an idempotent producer', () => {
  it('gets the original offset for a duplicate batch, and an error for a gap', () => {
    const partition = new Partition();
    expect(partition.send(0, { count: 3 })).toBe(0);
    expect(partition.send(3)).toBe(3);
    expect(partition.send(0, { count: 3 })).toBe(0);
    expect(partition.send(3)).toBe(3);
    expect(partition.send(5)).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER');
    expect(partition.send(4)).toBe(4);
  });

  it('is remembered for five batches', () => {
    const partition = new Partition();
    for (let i = 0; i < 7; i++) partition.send(i);
    expect(partition.send(2)).toBe(2);
    expect(partition.send(1)).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER');
  });

  it('begins at 0 in a new epoch, which fences the old one', () => {
    const partition = new Partition();
    partition.send(0);
    expect(partition.send(1, { epoch: 1 })).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER');
    expect(partition.send(0, { epoch: 1 })).toBe(1);
    expect(partition.send(1)).toBe('INVALID_PRODUCER_EPOCH');
  });

  it('may begin with any sequence if it is unknown', () => {
    expect(new Partition().send(41)).toBe(0);
  });

  it('wraps around', () => {
    const partition = new Partition();
    expect(partition.send(MAX - 1, { count: 2 })).toBe(0);
    expect(partition.send(0)).toBe(2);
    const across = new Partition();
    expect(across.send(MAX, { count: 3 })).toBe(0);
    expect(across.send(2)).toBe(3);
  });

  it('has every record exactly once and in order, with any duplicates', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ count: fc.integer({ min: 1, max: 4 }), again: fc.nat(4) })),
        (sends) => {
          const partition = new Partition();
          const sent: [sequence: number, count: number, offset: number][] = [];
          let sequence = 0;
          for (const { count, again } of sends) {
            const offset = partition.send(sequence, { count });
            expect(offset).toBe(sequence);
            sent.push([sequence, count, offset as number]);
            for (const [first, n, at] of sent.slice(-5).slice(0, again))
              expect(partition.send(first, { count: n })).toBe(at);
            sequence += count;
          }
          expect(partition.end).toBe(sequence);
        },
      ),
    );
  });

  it('is restored from a snapshot', () => {
    const before = new Partition();
    before.send(0, { count: 2 });
    const after = new Partition();
    after.states.restore(JSON.parse(JSON.stringify(before.states)));
    after.end = before.end;
    expect([after.send(0, { count: 2 }), after.send(2)]).toEqual([0, 2]);
  });
});
