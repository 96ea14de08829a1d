import { MsxError } from '../../../terminal/errors/msx-error.js';
import { parseFields } from '../fields/parse-fields.js';
import { snake } from '../names/words.js';
import type { Field, FieldType } from '../fields/field.js';

/**
 * The types allowed in a request or an event; richer types need a message of their own, which the user has to write.
 */
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
    : `"${rich.name}" cannot be ${rich.type} here: use one of ${Object.keys(TYPES).join(', ')}`;
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
