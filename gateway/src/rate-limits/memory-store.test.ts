import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from './memory-store.js';
import { keepsRateLimits } from './store.fixture.js';

const quota = { limit: 10, window: 60 };

function clocked(maxBuckets?: number) {
  const clock = { now: 1_000 };
  const store = new MemoryStore(maxBuckets, () => clock.now);
  const takeMany = async (count: number, key = 'k') => {
    const results = [];
    for (let n = 0; n < count; n++) results.push(await store.take(key, quota));
    return results;
  };
  return { clock, store, takeMany };
}

describe('the memory store', () => {
  keepsRateLimits(async () => {
    const { clock, store } = clocked();
    return { store, pass: (seconds) => void (clock.now += seconds), close: () => undefined };
  });

  it('evicts the least recently used buckets beyond its maximum', async () => {
    const { store, takeMany } = clocked(100);
    await takeMany(10, 'busy');
    for (let n = 0; n < 1_000; n++) {
      await store.take(`address ${n}`, quota);
      if (n % 50 === 0) await store.take('busy', quota);
    }
    expect(store.size).toBe(100);
    expect((await store.take('busy', quota)).allowed).toBe(false);
  });

  it('evicts buckets that are full again', async () => {
    const { clock, store } = clocked();
    for (let n = 0; n < 1_000; n++) await store.take(`address ${n}`, quota);
    clock.now += 6.1;
    for (let n = 0; n < 1_000; n++) await store.take('one', quota);
    expect(store.size).toBe(1);
  });
});
