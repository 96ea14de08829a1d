import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RateLimitStore } from './rate-limit-store.js';

/** A store to be tested, and a way to let time pass for it. */
export interface StoreUnderTest {
  readonly store: RateLimitStore;
  pass(seconds: number): Promise<void> | void;
  close(): Promise<void> | void;
}

/** A token an hour: the time that a test takes is nothing to it. */
const HOUR = 3_600;
const quota = { limit: 10, window: 10 * HOUR };
const MINUTE = 60;

/** What every store has to keep. */
export function keepsRateLimits(open: () => Promise<StoreUnderTest>): void {
  let tested: StoreUnderTest;
  const take = (key = 'k') => tested.store.take(key, quota);
  const takeMany = async (count: number, key?: string) => {
    const taken = [];
    for (let n = 0; n < count; n++) taken.push(await take(key));
    return taken;
  };
  const about = (seconds: number, actual: number) => {
    expect(actual).toBeLessThanOrEqual(seconds);
    expect(actual).toBeGreaterThan(seconds - MINUTE);
  };

  describe('as every store does, it', () => {
    beforeEach(async () => void (tested = await open()));
    afterEach(() => tested.close());

    it('allows a burst of the whole quota, and then none', async () => {
      const taken = await takeMany(12);
      expect(taken.map(({ allowed }) => allowed)).toEqual([...Array(10).fill(true), false, false]);
      expect(taken.map(({ remaining }) => remaining)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0]);
      expect(taken.slice(0, 10).map(({ retryAfter }) => retryAfter)).toEqual(Array(10).fill(0));
      about(10 * HOUR, taken[9]!.resetAfter);
      about(HOUR, taken.at(-1)!.retryAfter);
    });

    it('allows one more after `retryAfter`, and no sooner', async () => {
      const { retryAfter } = (await takeMany(11)).at(-1)!;
      await tested.pass(retryAfter - MINUTE);
      expect((await take()).allowed).toBe(false);
      await tested.pass(MINUTE);
      expect((await take()).allowed).toBe(true);
      expect((await take()).allowed).toBe(false);
    });

    it('allows the whole quota again after `resetAfter`, and no more than that later', async () => {
      await tested.pass((await takeMany(10)).at(-1)!.resetAfter);
      expect((await takeMany(11)).filter(({ allowed }) => allowed)).toHaveLength(10);
      await tested.pass(100 * HOUR);
      expect((await takeMany(11)).filter(({ allowed }) => allowed)).toHaveLength(10);
    });

    it('counts exactly, however many take at once and however small a token is', async () => {
      const small = { limit: 7_000, window: 1_000_003 };
      const takes = Array.from({ length: 7_100 }, () => tested.store.take('small', small));
      const allowed = (await Promise.all(takes)).filter((taken) => taken.allowed);
      expect(allowed).toHaveLength(7_000);
    });

    it('keeps keys apart', async () => {
      await takeMany(11);
      expect((await take('other')).remaining).toBe(9);
    });
  });
}
