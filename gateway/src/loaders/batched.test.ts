import { describe, expect, it } from '@jest/globals';
import { batched } from './batched.js';

describe('batched', () => {
  it('assigns results in any order to their ids, with null for missing ones', async () => {
    const loader = batched(async (ids) =>
      ids
        .filter((id) => id !== 'b')
        .reverse()
        .map((id) => ({ id })),
    );
    expect(await loader.loadMany(['a', 'b', 'c'])).toEqual([{ id: 'a' }, null, { id: 'c' }]);
  });

  it('requests each id once, and at most 1,000 at a time', async () => {
    const sizes: number[] = [];
    const loader = batched(async (ids) => {
      sizes.push(ids.length);
      return ids.map((id) => ({ id }));
    });
    const ids = Array.from({ length: 2_500 }, (_, n) => String(n));
    await Promise.all([...ids, ...ids].map((id) => loader.load(id)));
    expect(sizes).toEqual([1000, 1000, 500]);
  });

  it('fails each id with the error of its batch', async () => {
    const loader = batched(() => Promise.reject(new Error('away')));
    expect(await loader.loadMany(['a', 'b'])).toEqual([new Error('away'), new Error('away')]);
  });
});
