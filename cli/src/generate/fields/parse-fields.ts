import { MsxError } from '../../errors/msx-error.js';
import { closest } from '../../system/closest.js';
import { whyReserved } from '../names/reserved.js';
import { camel, wordsOf } from '../names/words.js';
import { literalOf } from './default-literal.js';
import { fieldTypes } from './field.js';
import type { Field, FieldType } from './field.js';

/** What every entity has, and what a field of these names would hide. */
const OWN = new Set([
  'id',
  'createdAt',
  'updatedAt',
  'message',
  'request',
  'toString',
  'valueOf',
  'hasOwnProperty',
]);
/** As many as the functions that list them can hold and still be read. */
const MAX_FIELDS = 30;
const WRITTEN = [...fieldTypes.filter((type) => type !== 'list' && type !== 'enum'), 'string[]', 'enum(a|b)'];

/**
 * `sku:string!,price:money,stock:int=0,tags:string[],kind:enum(a|b)`: name and type of each field; `!` is for what must
 * be given, `=` for what it is otherwise. Throws FIELDS_INVALID, which points at the column of the first mistake.
 */
export function parseFields(text: string): Field[] {
  const fields: Field[] = [];
  for (const part of partsOf(text)) {
    const field = parseField(text, part);
    const taken = fields.find((other) =>
      columnsOf(other).some((column) => columnsOf(field).includes(column)),
    );
    if (taken) throw wrong(text, part.at, `there is a field "${field.name}" already`);
    fields.push(field);
  }
  if (fields.length > MAX_FIELDS)
    throw wrong(
      text,
      0,
      `these are ${fields.length} fields; generate ${MAX_FIELDS} at most, and add the others by hand`,
    );
  return fields;
}

interface Part {
  readonly text: string;
  /** Its column, from 0. */
  readonly at: number;
}

/** What stands between commas that are in no parentheses. */
function partsOf(text: string): Part[] {
  const parts = [...text.matchAll(/(?:\([^)]*\)|[^,])+|(?<=,|^)(?=,|$)/g)];
  return parts.map(([part], n) => ({ text: part, at: parts[n]!.index }));
}

const GRAMMAR = /^(\s*)([^:\s]*)(\s*:\s*)(\w*)(\[\])?(\([^)]*\)?)?(!)?(?:(=)(.*?))?(\s*)$/;

function parseField(source: string, { text, at }: Part): Field {
  const match = GRAMMAR.exec(text);
  if (!match) throw wrong(source, at + leading(text), whatIsMissing(text));
  const [, space = '', name = '', colon = '', type = '', list, values, bang, equals, given] = match;
  const column = { name: at + space.length, type: at + space.length + name.length + colon.length };
  const end = column.type + type.length + (list?.length ?? 0) + (values?.length ?? 0);
  const words = fieldWords(source, name, column.name);
  const known = typeOf(source, { written: type, list: list !== undefined, at: column.type });
  if ((known === 'enum') !== (values !== undefined))
    throw wrong(
      source,
      column.type,
      known === 'enum' ? 'an enum has values: enum(a|b)' : `${type} takes no values`,
    );
  if (bang && equals) throw wrong(source, end, 'what must be given ("!") needs no default ("=")');
  if (bang && known === 'list')
    throw wrong(source, end, 'a list is always there, if empty: leave out the "!"');
  const literal = equals ? literalOf(known, given!.trim()) : undefined;
  if (literal && 'problem' in literal) throw wrong(source, end + 1, literal.problem);
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
    ? `"${text.trim()}" is not of the form name:type`
    : `"${text.trim()}" has no type: write ${text.trim() || 'name'}:string`;

function fieldWords(source: string, name: string, at: number): string[] {
  const strange = [...name].findIndex((character) => !/[A-Za-z0-9_]/.test(character));
  if (strange >= 0)
    throw wrong(source, at + strange, `"${[...name][strange]}" is neither a letter from a to z nor a digit`);
  if (!/^[A-Za-z]/.test(name))
    throw wrong(source, at, name ? `"${name}" does not begin with a letter` : 'a name is missing');
  const words = wordsOf(name.replace(/_(?=\d)/g, ''));
  const reserved = OWN.has(camel(words)) ? `every entity has "${camel(words)}"` : whyReserved(words);
  // A type of the schema is no obstacle for a field, which is written with a small letter.
  if (reserved && !reserved.includes('already means')) throw wrong(source, at, reserved);
  return words;
}

function typeOf(
  source: string,
  { written, list, at }: { written: string; list: boolean; at: number },
): FieldType {
  if (list && written === 'string') return 'list';
  if (list) throw wrong(source, at, `there are lists of string only, not of ${written}`);
  const known = fieldTypes.find((type) => type === written && type !== 'list');
  if (known) return known;
  const similar = closest(written, WRITTEN);
  throw wrong(
    source,
    at,
    `unknown type "${written}"; ${similar ? `did you mean "${similar}"?` : `there are ${WRITTEN.join(', ')}`}`,
  );
}

function valuesOf(source: string, written: string, at: number): string[][] {
  if (!written.endsWith(')')) throw wrong(source, at, 'the parenthesis is never closed');
  let column = at + 1;
  const values: string[][] = [];
  for (const value of written.slice(1, -1).split('|')) {
    if (!/^\s*[A-Za-z][A-Za-z0-9_-]*\s*$/.test(value))
      throw wrong(source, column, `"${value.trim()}" is no name for a value`);
    const words = wordsOf(value.trim());
    if (words.join() === 'unspecified')
      throw wrong(source, column, '"unspecified" is what protobuf calls no value at all');
    if (values.some((other) => other.join() === words.join()))
      throw wrong(source, column, `"${value.trim()}" is there already`);
    values.push(words);
    column += value.length + 1;
  }
  return values;
}

/** Money stands in two columns. */
const columnsOf = ({ name, type }: Pick<Field, 'name' | 'type'>) =>
  type === 'money' ? [name, `${name}Currency`] : [name];

const wrong = (fields: string, column: number, reason: string) =>
  new MsxError('FIELDS_INVALID', { fields, column: column + 1, reason });
