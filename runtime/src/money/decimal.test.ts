import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toDecimal, toMinorUnits, toMoney } from './decimal.js';

const TEN_BILLION = 1_000_000_000_000;

describe('money', () => {
  it('turns every amount of cents into a decimal and back without loss', () => {
    fc.assert(
      fc.property(fc.integer({ min: -TEN_BILLION, max: TEN_BILLION }), (minor) => {
        expect(toMinorUnits(toDecimal(minor))).toBe(minor);
      }),
    );
  });

  it('reads the decimal a client wrote, digit by digit', () => {
    const cents = fc.integer({ min: 0, max: 99 }).map((c) => String(c).padStart(2, '0'));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), cents, (whole, fraction) => {
        expect(toMinorUnits(Number(`${whole}.${fraction}`))).toBe(Number(`${whole}${fraction}`));
      }),
    );
  });

  it('refuses a third decimal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 1, max: 9 }), (cents, mill) => {
        const written = `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}${mill}`;
        expect(toMinorUnits(Number(written))).toBeUndefined();
      }),
    );
  });

  it.each([
    [999.99, 99999],
    [29.99, 2999],
    [1.15, 115],
    [0.07, 7],
    [5, 500],
    [0, 0],
    [-0, 0],
    [-0.01, -1],
  ])('%p is %p cents', (amount, minor) => expect(toMinorUnits(amount)).toBe(minor));

  it.each([Number.NaN, Infinity, 1e21, 1e-7, 0.1 + 0.2, 2 ** 60])('%p is not an amount', (amount) => {
    expect(toMinorUnits(amount)).toBeUndefined();
    expect(() => toMoney(amount)).toThrow(RangeError);
  });

  it('uses the decimals of the currency', () => {
    expect(toMinorUnits(500, 'JPY')).toBe(500);
    expect(toMinorUnits(500.5, 'JPY')).toBeUndefined();
    expect(toDecimal(1234, 'JPY')).toBe(1234);
    expect(toMinorUnits(1.234, 'KWD')).toBe(1234);
  });
});
