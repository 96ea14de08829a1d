import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { takeBatch } from './batch.js';

describe('takeBatch', () => {
  /** Each size is that of the key, the value or a header. */
  const rows = (sizes: number[]) =>
    sizes.map((size, n) => ({
      key: n % 3 === 0 ? Buffer.alloc(size) : null,
      value: n % 3 === 1 ? Buffer.alloc(size) : null,
      headers: n % 3 === 2 ? [['', 'x'.repeat(size)] as const] : [],
    }));

  it('takes as many rows as fit into a request, and at least one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 900 * 1024 }), { minLength: 1, maxLength: 8 }),
        (sizes) => {
          const all = rows(sizes);
          const batch = takeBatch(all);
          const sum = (count: number): number =>
            sizes.slice(0, count).reduce((bytes, size) => bytes + size, 0);
          expect(batch).toEqual(all.slice(0, batch.length));
          expect(batch.length).toBeGreaterThan(0);
          if (batch.length > 1) expect(sum(batch.length)).toBeLessThanOrEqual(512 * 1024);
          if (batch.length < all.length) expect(sum(batch.length + 1)).toBeGreaterThan(512 * 1024);
        },
      ),
    );
  });
});
