import { ErrorCode, KafkaError } from '../wire/error-code.js';
import type { Setting } from './setting.js';

const refuse = (message: string): never => {
  throw new KafkaError(ErrorCode.INVALID_CONFIG, message);
};

const INT_MAX = 2n ** 31n - 1n;
const LONG_MAX = 2n ** 63n - 1n;
const INTEGER_LIMITS = { int: INT_MAX, short: 32_767n, long: LONG_MAX } as const;

/**
 * The value of a setting in Kafka's notation, with list entries separated by a comma (ConfigDef.parseType). Throws
 * INVALID_CONFIG with Kafka's message if the text is not of the setting's type, or out of its range.
 */
export const parseSetting = (name: string, setting: Setting, value: string): string => {
  const parsed = parsers[setting.type](value.trim(), name, setting);
  if (setting.type !== 'list') checkAllowed(name, setting, parsed);
  return parsed;
};

type Parser = (value: string, name: string, setting: Setting) => string;

const asIs: Parser = (value) => value;

const invalid = (value: string, name: string, why: string): never =>
  refuse(`Invalid value ${value} for configuration ${name}: ${why}`);

const parseBoolean: Parser = (value, name) =>
  /^(true|false)$/i.test(value)
    ? value.toLowerCase()
    : invalid(value, name, 'Expected value to be either true or false');

const parseInteger: Parser = (value, name, setting) => {
  const largest = INTEGER_LIMITS[setting.type as keyof typeof INTEGER_LIMITS];
  const number = /^[+-]?\d{1,30}$/.test(value) ? BigInt(value.replace('+', '')) : undefined;
  if (number === undefined || number > largest || number < -largest - 1n)
    return invalid(value, name, `Not a number of type ${setting.type.toUpperCase()}`);
  checkRange(name, setting, String(number));
  return String(number);
};

const DOUBLE = /^[+-]?(NaN|Infinity|(\d+\.?\d*|\.\d+)(e[+-]?\d+)?[fd]?)$/i;

const parseDouble: Parser = (value, name, setting) => {
  if (!DOUBLE.test(value)) invalid(value, name, 'Not a number of type DOUBLE');
  const shown = printDouble(Number(value.replace(/[fd]$/i, '')));
  checkRange(name, setting, shown);
  return shown;
};

/** As Java prints a double: 2.0, 0.5, 1.0E-4. */
const printDouble = (value: number): string => {
  const withFraction = (digits: string): string => (/[.aI]/.test(digits) ? digits : `${digits}.0`);
  const size = Math.abs(value);
  if (size === 0 || !Number.isFinite(value) || (size >= 1e-3 && size < 1e7))
    return withFraction(String(value));
  const [digits, exponent] = value.toExponential().split('e');
  return `${withFraction(digits!)}E${exponent!.replace('+', '')}`;
};

const parseList: Parser = (value, name, setting) => {
  const entries = value === '' ? [] : value.split(/\s*,\s*/);
  if (entries.includes('')) refuse(`Configuration '${name}' values must not be empty.`);
  for (const entry of entries) checkAllowed(name, setting, entry);
  return entries.join();
};

const parsers: Record<Setting['type'], Parser> = {
  unknown: asIs,
  boolean: parseBoolean,
  string: asIs,
  int: parseInteger,
  short: parseInteger,
  long: parseInteger,
  double: parseDouble,
  list: parseList,
  class: asIs,
  password: asIs,
};

const checkAllowed = (name: string, { allowed }: Setting, value: string): void => {
  if (allowed && !allowed.includes(value))
    invalid(value, name, `String must be one of: ${allowed.join(', ')}`);
};

const checkRange = (name: string, { min, max, except }: Setting, value: string): void => {
  const number = Number(value);
  if (number === except) return;
  const isOutside = (min !== undefined && number < min) || (max !== undefined && number > max);
  if (isOutside && except !== undefined)
    invalid(value, name, `Value must be between ${min} and ${max} or equal to ${except}`);
  if (min !== undefined && number < min) invalid(value, name, `Value must be at least ${min}`);
  if (max !== undefined && number > max) invalid(value, name, `Value must be no more than ${max}`);
};
