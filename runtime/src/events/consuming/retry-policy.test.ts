import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../errors/domain-error.js';
import { DEFAULT_POLICY, isOutage, isPermanent, decideRetry } from './retry-policy.js';

describe('a message that failed', () => {
  const delays = (outage: boolean, times: number): unknown[] =>
    Array.from({ length: times }, (_, n) =>
      decideRetry(
        { outage, permanent: false, attempts: outage ? 0 : n + 1, outages: outage ? n + 1 : 0 },
        DEFAULT_POLICY,
      ),
    );

  it('is retried with growing pauses, then dead-lettered', () => {
    const pauses = [100, 400, 1600, 5000].map((retryIn) => ({ retryIn }));
    expect(delays(false, 5)).toEqual([...pauses, { deadLetter: true }]);
  });

  it('is retried without limit while a dependency is unavailable', () => {
    expect(delays(true, 1000).at(-1)).toEqual({ retryIn: 5000 });
  });

  it('is dead-lettered at once if a rule refuses it', () => {
    const refused = { outage: false, permanent: true, attempts: 1, outages: 0 };
    expect(decideRetry(refused, DEFAULT_POLICY)).toEqual({ deadLetter: true });
    const kinds = ['invalid', 'not-found', 'conflict', 'unavailable'] as const;
    const permanent = kinds.map((kind) => isPermanent(new DomainError('X', 'x', { kind })));
    expect([...permanent, isPermanent(new Error('x'))]).toEqual([true, true, false, false, false]);
  });

  it('distinguishes outages from failures', () => {
    expect(isOutage(new DomainError('X', 'x', { kind: 'unavailable' }), false)).toBe(true);
    expect(isOutage(new DomainError('X', 'x', { kind: 'invalid' }), false)).toBe(false);
    expect(isOutage(new Error('x'), true)).toBe(true);
  });
});
