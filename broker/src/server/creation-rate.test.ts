import { describe, expect, it } from '@jest/globals';
import { CreationRate } from './creation-rate.js';

const bounds = { creationRate: 2, windows: 11, windowMs: 1000 };

describe('the rate of new connections', () => {
  it('may be exceeded for a moment, but not on average', () => {
    const rate = new CreationRate();
    const waits = Array.from({ length: 22 }, () => rate.record(5000, bounds));
    expect(waits.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 0));
    expect(waits.slice(20)).toEqual([500, 1000]);
  });

  it('forgets what is long ago', () => {
    const rate = new CreationRate();
    for (let i = 0; i < 20; i++) rate.record(0, bounds);
    expect(rate.record(1000, bounds)).toBe(500);
    expect(rate.record(12_000, bounds)).toBe(0);
  });

  it('delays a connection no longer than it is measured', () => {
    const rate = new CreationRate();
    const waits = Array.from({ length: 1000 }, () => rate.record(0, bounds));
    expect(waits.at(-1)).toBe(11_000);
    expect(new CreationRate().record(0, { ...bounds, creationRate: 0 })).toBe(11_000);
  });
});
