import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { QuotaEntity } from './quota-entity.js';
import { quotaFilter } from './quota-filter.js';

const [EXACT, DEFAULT, ANY] = [0, 1, 2];

const name = fc.option(fc.constantFrom('a', 'b'), { nil: null });
const entity: fc.Arbitrary<QuotaEntity> = fc
  .record({ user: name, 'client-id': name }, { requiredKeys: [] })
  .map((types) => new Map(Object.entries(types) as [string, string | null][]))
  .filter((types) => types.size > 0);

const exactly = (wanted: QuotaEntity) =>
  [...wanted].map(([entityType, match]) => ({
    entityType,
    matchType: match === null ? DEFAULT : EXACT,
    match,
  }));
const anyOf = (wanted: QuotaEntity) =>
  [...wanted.keys()].map((entityType) => ({ entityType, matchType: ANY, match: null }));

const sorted = (types: QuotaEntity): string => JSON.stringify([...types].sort());

describe('a quota filter', () => {
  it('that is strict and names each type matches one entity', () => {
    fc.assert(
      fc.property(entity, entity, (wanted, other) => {
        expect(quotaFilter(exactly(wanted), true)(wanted)).toBe(true);
        expect(quotaFilter(exactly(wanted), true)(other)).toBe(sorted(wanted) === sorted(other));
      }),
    );
  });

  it('matches no less with any name, and no less when it is not strict', () => {
    fc.assert(
      fc.property(entity, entity, fc.boolean(), (wanted, other, strict) => {
        if (quotaFilter(exactly(wanted), strict)(other))
          expect(quotaFilter(anyOf(wanted), strict)(other)).toBe(true);
        if (quotaFilter(anyOf(wanted), true)(other))
          expect(quotaFilter(anyOf(wanted), false)(other)).toBe(true);
      }),
    );
  });
});
