import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { problemsOf } from '../testing/problems-of.js';
import { Validation } from '../validation/validation.js';
import { checkCurrency, checkMinorUnits, MAX_MINOR_UNITS } from './money.js';
import { totalOf } from './total.js';

const problems = (check: (validation: Validation) => void): string[] =>
  problemsOf(() => {
    const validation = new Validation();
    check(validation);
    validation.done();
  });

describe('the bounds of money', () => {
  it.each([0, 1, MAX_MINOR_UNITS])('let %d minor units through', (minorUnits) => {
    expect(problems((validation) => checkMinorUnits(validation, minorUnits, 'price'))).toEqual([]);
  });

  it.each([-1, 0.5, Number.NaN, MAX_MINOR_UNITS + 1])('refuse %d minor units', (minorUnits) => {
    expect(problems((validation) => checkMinorUnits(validation, minorUnits, 'price'))).toEqual([
      'price must be a whole number from 0 to 1000000000000',
    ]);
  });

  it.each(['usd', 'US', 'USDT', '', 'U$D'])('refuse the currency "%s"', (code) => {
    expect(problems((validation) => checkCurrency(validation, code, 'price'))).toEqual([
      'price must have a currency of three capital letters',
    ]);
    expect(problems((validation) => checkCurrency(validation, 'USD', 'price'))).toEqual([]);
  });
});

describe('totalOf', () => {
  const line = fc.record({
    price: fc.integer({ min: 0, max: MAX_MINOR_UNITS }),
    quantity: fc.integer({ min: 1, max: 10_000 }),
  });

  it('is exact or undefined', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 100 }), (lines) => {
        const exact = lines.reduce((sum, { price, quantity }) => sum + BigInt(price) * BigInt(quantity), 0n);
        const total = totalOf(lines);
        expect(total === undefined ? undefined : BigInt(total)).toBe(
          exact <= BigInt(Number.MAX_SAFE_INTEGER) ? exact : undefined,
        );
      }),
    );
  });

  it('counts up to the largest safe integer, and no further', () => {
    const cent = { price: 1, quantity: 1 };
    expect(totalOf([{ price: Number.MAX_SAFE_INTEGER - 1, quantity: 1 }, cent])).toBe(
      Number.MAX_SAFE_INTEGER,
    );
    expect(totalOf([{ price: Number.MAX_SAFE_INTEGER, quantity: 1 }, cent])).toBeUndefined();
    expect(totalOf([])).toBe(0);
  });
});
