import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../errors/domain-error.js';
import { DEFAULT_POLICY, isOutage, decideRetry } from './retry-policy.js';

describe('a message that failed', () => {
  const delays = (outage: boolean, times: number): unknown[] =>
    Array.from({ length: times }, (_, n) =>
      decideRetry({ outage, attempts: outage ? 0 : n + 1, outages: outage ? n + 1 : 0 }, DEFAULT_POLICY),
    );

  it('is retried with growing pauses, then dead-lettered', () => {
    const pauses = [100, 400, 1600, 5000].map((retryIn) => ({ retryIn }));
    expect(delays(false, 5)).toEqual([...pauses, { deadLetter: true }]);
  });

  it('is retried without limit while a dependency is unavailable', () => {
    expect(delays(true, 1000).at(-1)).toEqual({ retryIn: 5000 });
  });

  it('distinguishes outages from failures', () => {
    expect(isOutage(new DomainError('X', 'x', { kind: 'unavailable' }), false)).toBe(true);
    expect(isOutage(new DomainError('X', 'x', { kind: 'invalid' }), false)).toBe(false);
    expect(isOutage(new Error('x'), true)).toBe(true);
  });
});
