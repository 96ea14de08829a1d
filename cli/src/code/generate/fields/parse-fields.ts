import { MsxError } from '../../../terminal/errors/msx-error.js';
import { closest } from '../../../model/system/closest.js';
import { whyReserved } from '../names/reserved.js';
import { camel, wordsOf } from '../names/words.js';
import { literalOf } from './default-literal.js';
import { fieldTypes } from './field.js';
import type { Field, FieldType } from './field.js';

/** Fields that every entity has, and names that a field must not shadow. */
const RESERVED_FIELDS = new Set([
  'id',
  'createdAt',
  'updatedAt',
  'updateMask',
  'message',
  'request',
  'toString',
  'valueOf',
  'hasOwnProperty',
]);
/** A limit for the readability of the generated functions that list all fields. */
const MAX_FIELDS = 30;
const TYPE_NAMES = [
  ...fieldTypes.filter((type) => type !== 'list' && type !== 'enum'),
  'string[]',
  'enum(a|b)',
];

/**
 * Parses `sku:string!,price:money,stock:int=0,tags:string[],kind:enum(a|b)`: the name and type of each field; `!` marks
 * required fields, `=` sets a default. Throws FIELDS_INVALID with the column of the first error.
 */
export function parseFields(text: string): Field[] {
  const fields: Field[] = [];
  for (const part of partsOf(text)) {
    const field = parseField(text, part);
    const taken = fields.find((other) =>
      columnsOf(other).some((column) => columnsOf(field).includes(column)),
    );
    if (taken) throw invalid(text, part.at, `duplicate field "${field.name}"`);
    fields.push(field);
  }
  if (fields.length > MAX_FIELDS)
    throw invalid(
      text,
      0,
      `${fields.length} fields are too many; generate at most ${MAX_FIELDS} and add the others by hand`,
    );
  return fields;
}

interface Part {
  readonly text: string;
  /** Its column, from 0. */
  readonly at: number;
}

/** Splits at commas outside parentheses. */
function partsOf(text: string): Part[] {
  const parts = [...text.matchAll(/(?:\([^)]*\)|[^,])+|(?<=,|^)(?=,|$)/g)];
  return parts.map(([part], n) => ({ text: part, at: parts[n]!.index }));
}

const GRAMMAR = /^(\s*)([^:\s]*)(\s*:\s*)(\w*)(\[\])?(\([^)]*\)?)?(!)?(?:(=)(.*?))?(\s*)$/;

function parseField(source: string, { text, at }: Part): Field {
  const match = GRAMMAR.exec(text);
  if (!match) throw invalid(source, at + leading(text), whatIsMissing(text));
  const [, space = '', name = '', colon = '', type = '', list, values, bang, equals, defaultText] = match;
  const column = { name: at + space.length, type: at + space.length + name.length + colon.length };
  const end = column.type + type.length + (list?.length ?? 0) + (values?.length ?? 0);
  const words = fieldWords(source, name, column.name);
  const known = typeOf(source, { written: type, list: list !== undefined, at: column.type });
  if ((known === 'enum') !== (values !== undefined))
    throw invalid(
      source,
      column.type,
      known === 'enum' ? 'an enum needs values: enum(a|b)' : `${type} takes no values`,
    );
  if (bang && equals) throw invalid(source, end, 'a required field ("!") cannot have a default ("=")');
  if (bang && known === 'list') throw invalid(source, end, 'a list is never null: remove the "!"');
  const literal = equals ? literalOf(known, defaultText!.trim()) : undefined;
  if (literal && 'problem' in literal) throw invalid(source, end + 1, literal.problem);
  return {
    name: camel(words),
    words,
    type: known,
    required: bang !== undefined,
    ...(literal && { defaultLiteral: literal.code }),
    values: values === undefined ? [] : valuesOf(source, values, end - values.length),
  };
}

const leading = (text: string) => text.length - text.trimStart().length;

const whatIsMissing = (text: string) =>
  text.includes(':')
    ? `"${text.trim()}" does not have the form name:type`
    : `"${text.trim()}" has no type: write ${text.trim() || 'name'}:string`;

function fieldWords(source: string, name: string, at: number): string[] {
  const position = [...name].findIndex((character) => !/[A-Za-z0-9_]/.test(character));
  if (position >= 0)
    throw invalid(
      source,
      at + position,
      `"${[...name][position]}" is neither a letter from a to z nor a digit`,
    );
  if (!/^[A-Za-z]/.test(name))
    throw invalid(source, at, name ? `"${name}" does not begin with a letter` : 'a name is missing');
  const words = wordsOf(name.replace(/_(?=\d)/g, ''));
  const reserved = RESERVED_FIELDS.has(camel(words))
    ? `every entity has "${camel(words)}"`
    : whyReserved(words);
  if (reserved) throw invalid(source, at, reserved);
  return words;
}

function typeOf(
  source: string,
  { written, list, at }: { written: string; list: boolean; at: number },
): FieldType {
  if (list && written === 'string') return 'list';
  if (list) throw invalid(source, at, `only lists of string are supported, not of ${written}`);
  const known = fieldTypes.find((type) => type === written && type !== 'list');
  if (known) return known;
  const similar = closest(written, TYPE_NAMES);
  throw invalid(
    source,
    at,
    `unknown type "${written}"; ${similar ? `did you mean "${similar}"?` : `known types: ${TYPE_NAMES.join(', ')}`}`,
  );
}

function valuesOf(source: string, written: string, at: number): string[][] {
  if (!written.endsWith(')')) throw invalid(source, at, 'missing closing parenthesis');
  let column = at + 1;
  const values: string[][] = [];
  for (const value of written.slice(1, -1).split('|')) {
    if (!/^\s*[A-Za-z][A-Za-z0-9_-]*\s*$/.test(value))
      throw invalid(source, column, `"${value.trim()}" is not a valid name for a value`);
    const words = wordsOf(value.trim());
    if (words.join() === 'unspecified')
      throw invalid(source, column, '"unspecified" is reserved: protobuf uses it for a missing value');
    if (values.some((other) => other.join() === words.join()))
      throw invalid(source, column, `duplicate value "${value.trim()}"`);
    values.push(words);
    column += value.length + 1;
  }
  return values;
}

/** Money needs two columns. */
const columnsOf = ({ name, type }: Pick<Field, 'name' | 'type'>) =>
  type === 'money' ? [name, `${name}Currency`] : [name];

const invalid = (fields: string, column: number, reason: string) =>
  new MsxError('FIELDS_INVALID', { fields, column: column + 1, reason });
