import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RateLimitStore } from './rate-limit-store.js';

/** A store under test, and a way to advance its clock. */
export interface StoreUnderTest {
  readonly store: RateLimitStore;
  pass(seconds: number): Promise<void> | void;
  close(): Promise<void> | void;
}

/** One token per hour, so that the duration of a test does not matter. */
const HOUR = 3_600;
const quota = { limit: 10, window: 10 * HOUR };
const MINUTE = 60;

/** The contract of every store. */
export function keepsRateLimits(open: () => Promise<StoreUnderTest>): void {
  let tested: StoreUnderTest;
  const take = (key = 'k') => tested.store.take(key, quota);
  const takeMany = async (count: number, key?: string) => {
    const results = [];
    for (let n = 0; n < count; n++) results.push(await take(key));
    return results;
  };
  const about = (seconds: number, actual: number) => {
    expect(actual).toBeLessThanOrEqual(seconds);
    expect(actual).toBeGreaterThan(seconds - MINUTE);
  };

  describe('like every store', () => {
    beforeEach(async () => void (tested = await open()));
    afterEach(() => tested.close());

    it('allows a burst of the whole quota, and then nothing', async () => {
      const results = await takeMany(12);
      expect(results.map(({ allowed }) => allowed)).toEqual([...Array(10).fill(true), false, false]);
      expect(results.map(({ remaining }) => remaining)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0]);
      expect(results.slice(0, 10).map(({ retryAfter }) => retryAfter)).toEqual(Array(10).fill(0));
      about(10 * HOUR, results[9]!.resetAfter);
      about(HOUR, results.at(-1)!.retryAfter);
    });

    it('allows one more after `retryAfter`, and no sooner', async () => {
      const { retryAfter } = (await takeMany(11)).at(-1)!;
      await tested.pass(retryAfter - MINUTE);
      expect((await take()).allowed).toBe(false);
      await tested.pass(MINUTE);
      expect((await take()).allowed).toBe(true);
      expect((await take()).allowed).toBe(false);
    });

    it('allows the whole quota again after `resetAfter`, and never more', async () => {
      await tested.pass((await takeMany(10)).at(-1)!.resetAfter);
      expect((await takeMany(11)).filter(({ allowed }) => allowed)).toHaveLength(10);
      await tested.pass(100 * HOUR);
      expect((await takeMany(11)).filter(({ allowed }) => allowed)).toHaveLength(10);
    });

    it('counts exactly with concurrent takes and small tokens', async () => {
      const small = { limit: 7_000, window: 1_000_003 };
      const takes = Array.from({ length: 7_100 }, () => tested.store.take('small', small));
      const allowed = (await Promise.all(takes)).filter((result) => result.allowed);
      expect(allowed).toHaveLength(7_000);
    });

    it('keeps keys apart', async () => {
      await takeMany(11);
      expect((await take('other')).remaining).toBe(9);
    });
  });
}
