import { DEFAULT_CURRENCY } from './money.js';
import type { Money } from './money.js';

const fractionDigits = new Map<string, number>();

/** The number of decimals of a currency (ISO 4217): 2 for USD, 0 for JPY. */
export function decimalsOf(currency: string): number {
  let digits = fractionDigits.get(currency);
  if (digits === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    fractionDigits.set(currency, digits);
  }
  return digits;
}

/**
 * A decimal amount as integer minor units, exactly: `999.99` becomes 99999. Works on the digits a number is
 * written with, since `1.15 * 100` is not 115.
 *
 * @returns undefined when the amount has more decimals than the currency, or is too large to be exact
 */
export function toMinorUnits(amount: number, currency = DEFAULT_CURRENCY): number | undefined {
  const digits = decimalsOf(currency);
  const written = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(amount));
  const fraction = written?.[3] ?? '';
  if (!written || fraction.length > digits) return undefined;
  const minor = Number(`${written[1]}${written[2]}${fraction.padEnd(digits, '0')}`);
  return Number.isSafeInteger(minor) && toDecimal(minor, currency) === amount ? minor + 0 : undefined;
}

/** Integer minor units as the decimal that clients see: 99999 becomes `999.99`. */
export function toDecimal(minorUnits: number, currency = DEFAULT_CURRENCY): number {
  const digits = decimalsOf(currency);
  const written = String(Math.abs(minorUnits)).padStart(digits + 1, '0');
  const whole = written.slice(0, written.length - digits);
  const amount = Number(`${whole}.${written.slice(written.length - digits)}`);
  return minorUnits < 0 ? -amount : amount;
}

/** Converts a validated decimal to Money. */
export function toMoney(amount: number, currency = DEFAULT_CURRENCY): Money {
  const minorUnits = toMinorUnits(amount, currency);
  if (minorUnits === undefined) throw new RangeError(`${amount} is not an amount of ${currency}`);
  return { minorUnits, currencyCode: currency };
}
