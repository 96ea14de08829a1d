import type { Validation } from '../validation/validation.js';

/** An amount as defined in money.proto: an integer of the currency's minor unit, so that sums are never rounded. */
export interface Money {
  readonly minorUnits: number;
  /** ISO 4217. */
  readonly currencyCode: string;
}

/** The currency of amounts without a currency code. */
export const DEFAULT_CURRENCY = 'USD';

/** The largest amount of one field, in minor units: sums of many such amounts remain exact. */
export const MAX_MINOR_UNITS = 1e12;

const CURRENCY = /^[A-Z]{3}$/;

/** Requires an amount from 0 to MAX_MINOR_UNITS. */
export function checkMinorUnits(validation: Validation, minorUnits: number, field: string): void {
  validation.integer(minorUnits, field, { min: 0, max: MAX_MINOR_UNITS });
}

/** Requires the format of an ISO 4217 code; whether the currency exists is not checked. */
export function checkCurrency(validation: Validation, currencyCode: string, field: string): void {
  validation.check(CURRENCY.test(currencyCode), field, 'must have a currency of three capital letters');
}
