import { describe, expect, it } from '@jest/globals';
import { SparseIndex } from './sparse-index.js';

const BATCH_BYTES = 1000;

/** An index of batches of ten records; the time of each is a hundred after the one before. */
const indexOf = (batches: number): SparseIndex => {
  const index = new SparseIndex();
  for (let n = 0; n < batches; n++)
    index.add({
      offset: n * 10,
      position: n * BATCH_BYTES,
      maxTimestampBefore: n === 0 ? -1 : (n - 1) * 100,
    });
  return index;
};

describe('the index of a segment', () => {
  const batches = Array.from({ length: 5000 }, (_, n) => n);
  const index = indexOf(batches.length);

  it.each([
    ['every offset', (n: number) => index.positionOf(n * 10 + 9)],
    ['the first record of every time', (n: number) => index.positionBefore(n * 100)],
  ])('finds a position shortly before %s', (_, position) => {
    const distances = batches.map((n) => n * BATCH_BYTES - position(n));
    expect(Math.min(...distances)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...distances)).toBeLessThan(40_000);
  });

  it('begins at the beginning, and without entries', () => {
    expect(new SparseIndex().positionOf(7)).toBe(0);
    expect(new SparseIndex().positionBefore(7)).toBe(0);
    expect(indexOf(100).positionOf(0)).toBe(0);
    expect(indexOf(100).positionBefore(-1)).toBe(0);
  });
});
