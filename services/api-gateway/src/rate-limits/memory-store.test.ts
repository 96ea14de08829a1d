import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from './memory-store.js';

const quota = { limit: 10, window: 60 };

function clocked(maxBuckets?: number) {
  const clock = { now: 1_000 };
  const store = new MemoryStore(maxBuckets, () => clock.now);
  const takeMany = async (count: number, key = 'k') => {
    const taken = [];
    for (let n = 0; n < count; n++) taken.push(await store.take(key, quota));
    return taken;
  };
  return { clock, store, takeMany };
}

describe('the memory store', () => {
  it('allows a burst of the whole quota, and then none', async () => {
    const taken = await clocked().takeMany(12);
    expect(taken.map(({ allowed }) => allowed)).toEqual([...Array(10).fill(true), false, false]);
    expect(taken.map(({ remaining }) => remaining)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0]);
    expect(taken[9]!.resetAfter).toBeCloseTo(60);
    expect(taken.at(-1)!.retryAfter).toBeCloseTo(6);
  });

  it('allows the next one after `retryAfter`, and no sooner', async () => {
    const { clock, store, takeMany } = clocked();
    const { retryAfter } = (await takeMany(11)).at(-1)!;
    clock.now += retryAfter - 0.01;
    expect((await store.take('k', quota)).allowed).toBe(false);
    clock.now += 0.01;
    expect((await store.take('k', quota)).allowed).toBe(true);
    expect((await store.take('k', quota)).allowed).toBe(false);
  });

  it('allows the whole quota again after `resetAfter`', async () => {
    const { clock, takeMany } = clocked();
    clock.now += (await takeMany(10)).at(-1)!.resetAfter;
    expect((await takeMany(11)).filter(({ allowed }) => allowed)).toHaveLength(10);
  });

  it('keeps keys apart', async () => {
    const { store, takeMany } = clocked();
    await takeMany(11);
    expect((await store.take('other', quota)).remaining).toBe(9);
  });

  it('remembers no more than it may, and those longest who were seen last', async () => {
    const { store, takeMany } = clocked(100);
    await takeMany(10, 'busy');
    for (let n = 0; n < 1_000; n++) {
      await store.take(`address ${n}`, quota);
      if (n % 50 === 0) await store.take('busy', quota);
    }
    expect(store.size).toBe(100);
    expect((await store.take('busy', quota)).allowed).toBe(false);
  });

  it('forgets who has its whole quota again', async () => {
    const { clock, store } = clocked();
    for (let n = 0; n < 1_000; n++) await store.take(`address ${n}`, quota);
    clock.now += 6.1;
    for (let n = 0; n < 1_000; n++) await store.take('one', quota);
    expect(store.size).toBe(1);
  });
});
