import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { takeBatch } from './batch.js';

describe('takeBatch', () => {
  const rows = (sizes: number[]) => sizes.map((size) => ({ value: Buffer.alloc(size) }));

  it('takes as many rows as fit into a request, and at least one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 900 * 1024 }), { minLength: 1, maxLength: 8 }),
        (sizes) => {
          const all = rows(sizes);
          const batch = takeBatch(all);
          const sum = (some: { value: Buffer }[]): number =>
            some.reduce((bytes, { value }) => bytes + value.length, 0);
          expect(batch).toEqual(all.slice(0, batch.length));
          expect(batch.length).toBeGreaterThan(0);
          if (batch.length > 1) expect(sum([...batch])).toBeLessThanOrEqual(512 * 1024);
          if (batch.length < all.length)
            expect(sum(all.slice(0, batch.length + 1))).toBeGreaterThan(512 * 1024);
        },
      ),
    );
  });
});
