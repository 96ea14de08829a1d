import { DEFAULT_CURRENCY, decimalsOf, toMinorUnits } from '@msx/runtime';
import { ValidateBy } from 'class-validator';
import type { ValidationArguments } from 'class-validator';

/** Accepts an amount in the default currency from 0 to `max`, with at most as many decimals as the currency has. */
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
  return `must not have more than ${decimalsOf(DEFAULT_CURRENCY)} decimals`;
}
