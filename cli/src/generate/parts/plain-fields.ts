import { MsxError } from '../../errors/msx-error.js';
import { parseFields } from '../fields/parse-fields.js';
import { snake } from '../names/words.js';
import type { Field, FieldType } from '../fields/field.js';

/** What a request or an event can hold; anything richer is a message of its own, and a person's to write. */
const TYPES: Partial<Record<FieldType, string>> = {
  string: 'string',
  id: 'string',
  int: 'int32',
  float: 'double',
  bool: 'bool',
  datetime: 'google.protobuf.Timestamp',
};

/** Fields of a request or an event. Throws FIELDS_INVALID. */
export function plainFields(text: string): Field[] {
  const fields = text.trim() === '' ? [] : parseFields(text);
  const rich = fields.find(({ type, defaultLiteral }) => !TYPES[type] || defaultLiteral !== undefined);
  if (!rich) return fields;
  const reason = rich.defaultLiteral
    ? `"${rich.name}" cannot have a default here`
    : `"${rich.name}" cannot be ${rich.type} here: there are ${Object.keys(TYPES).join(', ')}`;
  throw new MsxError('FIELDS_INVALID', { fields: text, column: text.indexOf(rich.name) + 1, reason });
}

/** A message with these fields. */
export function messageText(name: string, fields: readonly Field[]): string {
  if (fields.length === 0) return `message ${name} {}`;
  const lines = fields.map(({ words, type, required }, n) => {
    const optional = required || type === 'datetime' ? '' : 'optional ';
    return `  ${optional}${TYPES[type]} ${snake(words)} = ${n + 1};\n`;
  });
  return `message ${name} {\n${lines.join('')}}`;
}

export const usesTimestamps = (fields: readonly Field[]): boolean =>
  fields.some(({ type }) => type === 'datetime');

/** The statements that check what was given, on `validation`. */
export function checksOf(fields: readonly Field[], from: string): string[] {
  return fields.flatMap((field) => {
    const check = checkOf(field, `${from}.${field.name}`);
    if (check === undefined) return [];
    return [field.required ? check : `if (${from}.${field.name} !== undefined) ${check}`];
  });
}

function checkOf({ name, type, required }: Field, value: string): string | undefined {
  switch (type) {
    case 'id':
      return `validation.text(${value}, '${name}', { min: 1, max: 64 });`;
    case 'string':
      return `validation.text(${value}, '${name}', { ${required ? 'min: 1, ' : ''}max: 200 });`;
    case 'int':
      return `validation.integer(${value}, '${name}', { min: -(2 ** 31), max: 2 ** 31 - 1 });`;
    case 'float':
      return `validation.check(Number.isFinite(${value}), '${name}', 'must be a finite number');`;
    case 'datetime':
      return required ? `validation.check(${value} !== undefined, '${name}', 'must be given');` : undefined;
    default:
      return undefined;
  }
}

/** Something that breaks no rule, as TypeScript. */
export function exampleOf({ name, type }: Field): string {
  const examples: Partial<Record<FieldType, string>> = {
    id: `'some-${name.toLowerCase()}'`,
    string: `'${name}'`,
    int: '7',
    float: '2.5',
    bool: 'true',
    datetime: "new Date('2026-01-02T03:04:05.678Z')",
  };
  return examples[type]!;
}

/** An object with an example of each field. */
export const examplesOf = (fields: readonly Field[]): string =>
  `{ ${fields.map((field) => `${field.name}: ${exampleOf(field)}`).join(', ')} }`;
