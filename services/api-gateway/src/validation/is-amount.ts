import { ValidateBy } from 'class-validator';
import type { ValidationArguments } from 'class-validator';
import { CATALOGUE_CURRENCY, decimalsOf, toMinorUnits } from '../money/decimal.js';

/** Accepts a decimal of the catalogue's currency from 0 to `max`, with no more decimals than the currency has. */
export function IsAmount(max: number): PropertyDecorator {
  return ValidateBy({
    name: 'isAmount',
    validator: {
      validate: (value) => problemWith(value, max) === undefined,
      defaultMessage: (args?: ValidationArguments) => problemWith(args?.value, max) ?? '',
    },
  });
}

function problemWith(value: unknown, max: number): string | undefined {
  if (typeof value !== 'number' || Number.isNaN(value)) return 'must be a number';
  if (value < 0) return 'must not be negative';
  if (value > max) return `must not be more than ${max}`;
  if (toMinorUnits(value) !== undefined) return undefined;
  return `must not have more than ${decimalsOf(CATALOGUE_CURRENCY)} decimals`;
}
