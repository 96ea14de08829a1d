import { didYouMean } from './closest.js';

/** A description of data, from which both the checks and the JSON Schema are derived. */
export type Shape = { description?: string } & (
  | { type: 'string'; pattern?: RegExp; expected?: string; default?: string }
  | { type: 'integer'; minimum: number; maximum: number; default?: number }
  | { type: 'choice'; of: readonly string[]; default?: string }
  | { type: 'boolean' }
  | { type: 'list'; of: Shape }
  | { type: 'map'; keys: RegExp; expected: string; of: Shape }
  | { type: 'object'; properties: Record<string, Shape>; required: readonly string[] }
);

export type Path = (string | number)[];

/** A mistake at a path in the data; `at` says whether the key or its value is wrong. */
export interface Mistake {
  path: Path;
  at: 'key' | 'value';
  message: string;
}

/** The operating system refuses NUL in file names, and no value in msx.yaml needs a line break. */
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/** All differences between the value and the shape. Never throws. */
export function check(value: unknown, shape: Shape, path: Path = []): Mistake[] {
  const mistake = (message: string): Mistake[] => [{ path, at: 'value', message }];
  switch (shape.type) {
    case 'string':
      if (typeof value !== 'string' || value === '')
        return mistake(`expected ${shape.expected ?? 'text'}, not ${show(value)}`);
      if (CONTROL_CHARACTER.test(value)) return mistake('expected text without control characters');
      return shape.pattern && !shape.pattern.test(value)
        ? mistake(`${show(value)} is not ${shape.expected}`)
        : [];
    case 'integer':
      return Number.isInteger(value) && Number(value) >= shape.minimum && Number(value) <= shape.maximum
        ? []
        : mistake(`expected a whole number from ${shape.minimum} to ${shape.maximum}, not ${show(value)}`);
    case 'choice':
      return shape.of.includes(value as string)
        ? []
        : mistake(`expected one of ${shape.of.join(', ')}, not ${show(value)}${didYouMean(value, shape.of)}`);
    case 'boolean':
      return typeof value === 'boolean' ? [] : mistake(`expected true or false, not ${show(value)}`);
    case 'list':
      if (!Array.isArray(value)) return mistake(`expected a list, not ${show(value)}`);
      return value.flatMap((item, n) => check(item, shape.of, [...path, n]));
    case 'map':
      if (!isRecord(value)) return mistake(`expected a mapping, not ${show(value)}`);
      return Object.entries(value).flatMap(([key, item]) => checkEntry(key, item, { shape, path }));
    case 'object':
      if (!isRecord(value)) return mistake(`expected a mapping, not ${show(value)}`);
      return checkObject(value, shape, path);
  }
}

function checkEntry(
  key: string,
  item: unknown,
  { shape, path }: { shape: Shape & { type: 'map' }; path: Path },
): Mistake[] {
  const within = [...path, key];
  if (!shape.keys.test(key))
    return [{ path: within, at: 'key', message: `"${key}" is not ${shape.expected}` }];
  return check(item, shape.of, within);
}

function checkObject(
  value: Record<string, unknown>,
  shape: Shape & { type: 'object' },
  path: Path,
): Mistake[] {
  const known = Object.keys(shape.properties);
  const missing = shape.required.filter((key) => !Object.hasOwn(value, key));
  return [
    ...missing.map((key): Mistake => ({ path, at: 'key', message: `"${key}" is missing` })),
    ...Object.entries(value).flatMap(([key, item]): Mistake[] =>
      known.includes(key)
        ? check(item, shape.properties[key]!, [...path, key])
        : [{ path: [...path, key], at: 'key', message: `unknown key "${key}"${didYouMean(key, known)}` }],
    ),
  ];
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function show(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? `"${value}"` : String(value);
}
