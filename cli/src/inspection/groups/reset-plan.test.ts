import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { planReset } from './reset-plan.js';
import type { PartitionOffsets, ResetTarget } from './reset-plan.js';

const partition = { topic: 't', partition: 0, low: 10, high: 20, committed: 15 };

describe('a reset', () => {
  it.each<[ResetTarget, number]>([
    [{ kind: 'beginning' }, 10],
    [{ kind: 'end' }, 20],
    [{ kind: 'offset', offset: 12 }, 12],
    [{ kind: 'offset', offset: 3 }, 10],
    [{ kind: 'shift', by: -2 }, 13],
    [{ kind: 'shift', by: 100 }, 20],
    [{ kind: 'time', time: 1 }, 17],
  ])('to %j', (target, to) =>
    expect(planReset([{ ...partition, atTime: 17 }], target)).toEqual([
      { topic: 't', partition: 0, from: 15, to },
    ]),
  );

  it('to a time after the last record is to the end', () =>
    expect(planReset([partition], { kind: 'time', time: 1 })).toMatchObject([{ to: 20 }]));

  it('commits an offset where there was none, and changes nothing that is there already', () => {
    const fresh = { topic: 't', partition: 1, low: 0, high: 5 };
    expect(planReset([fresh, { ...partition, committed: 10 }], { kind: 'beginning' })).toEqual([
      { topic: 't', partition: 1, to: 0 },
    ]);
  });

  const offsets = fc
    .record({ low: fc.nat(50), length: fc.nat(50), committed: fc.option(fc.nat(150), { nil: undefined }) })
    .map(({ low, length, committed }): PartitionOffsets => ({
      ...{ topic: 't', partition: 0, low, high: low + length },
      ...(committed !== undefined && { committed }),
    }));
  const targets = fc.oneof(
    fc.constantFrom<ResetTarget>({ kind: 'beginning' }, { kind: 'end' }, { kind: 'time', time: 0 }),
    fc.nat(200).map((offset): ResetTarget => ({ kind: 'offset', offset })),
    fc.integer({ min: -200, max: 200 }).map((by): ResetTarget => ({ kind: 'shift', by })),
  );

  it('never leaves the log', () =>
    fc.assert(
      fc.property(offsets, targets, (each, target) => {
        for (const { to } of planReset([each], target)) {
          expect(to).toBeGreaterThanOrEqual(each.low);
          expect(to).toBeLessThanOrEqual(each.high);
        }
      }),
    ));
});
