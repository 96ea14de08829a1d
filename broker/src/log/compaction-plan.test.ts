import { describe, expect, it } from '@jest/globals';
import { afterRound, neverCleaned, tombstonesExpiredBefore, type CleanedState } from './cleaned-state.js';
import { planCompaction, type CompactionRules, type SegmentFacts } from './compaction-plan.js';

const RULES: CompactionRules = {
  minDirtyRatio: 0.5,
  minLagMs: 0,
  maxLagMs: Infinity,
  deleteRetentionMs: 0,
  segmentBytes: 100,
};
const NOW = 1000;

/** Segments of ten offsets and the given sizes; one is written each 100 ms. */
const segmentsOf = (...sizes: number[]): SegmentFacts[] =>
  sizes.map((size, i) => ({
    baseOffset: i * 10,
    endOffset: i * 10 + 10,
    size,
    firstTime: i * 100,
    lastTime: i * 100 + 99,
  }));

const plan = (
  sealed: SegmentFacts[],
  rules: Partial<CompactionRules> = {},
  { dirtyFrom = 0, stableOffset = Infinity } = {},
): number[][] | undefined => {
  const cleaned: CleanedState = { dirtyFrom, rounds: [] };
  const groups = planCompaction({ sealed, cleaned, stableOffset, now: NOW }, { ...RULES, ...rules });
  return groups?.map((group) => group.map(({ baseOffset }) => baseOffset));
};

describe('a plan of a compaction', () => {
  it('makes one file of neighbours that fit into it', () => {
    expect(plan(segmentsOf(60, 40, 1, 99, 200))).toEqual([[0, 10], [20, 30], [40]]);
  });

  it('waits until enough was written, or something is overdue', () => {
    expect(plan([])).toBeUndefined();
    expect(plan(segmentsOf(60, 40), {}, { dirtyFrom: 10 })).toBeUndefined();
    expect(plan(segmentsOf(50, 50), {}, { dirtyFrom: 10 })).toEqual([[0, 10]]);
    expect(plan(segmentsOf(60, 40), { maxLagMs: 900 }, { dirtyFrom: 10 })).toBeUndefined();
    expect(plan(segmentsOf(60, 40), { maxLagMs: 899 }, { dirtyFrom: 10 })).toEqual([[0, 10]]);
    expect(plan(segmentsOf(60, 40), { minDirtyRatio: 0 }, { dirtyFrom: 20 })).toBeUndefined();
  });

  it('ends before recent records and undecided transactions', () => {
    expect(plan(segmentsOf(50, 50, 50), { minLagMs: 800 })).toEqual([[0, 10]]);
    expect(plan(segmentsOf(50, 50, 50), {}, { stableOffset: 29 })).toEqual([[0, 10]]);
  });
});

describe('the state of a compacted log', () => {
  it('says which tombstones have expired', () => {
    const state = afterRound(afterRound(neverCleaned, 10, 0), 20, 500);
    expect([0, 99, 100, 599, 600].map((now) => tombstonesExpiredBefore(state, 100, now))).toEqual([
      0, 0, 10, 10, 20,
    ]);
  });

  it('is bounded, and never expires a tombstone too early', () => {
    let state = neverCleaned;
    for (let round = 1; round <= 1000; round++) state = afterRound(state, round, round);
    expect(state.rounds.length).toBeLessThanOrEqual(64);
    for (const now of [1, 500, 1000]) expect(tombstonesExpiredBefore(state, 0, now)).toBeLessThanOrEqual(now);
  });
});
