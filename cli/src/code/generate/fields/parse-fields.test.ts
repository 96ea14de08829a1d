import { describe, expect, it } from '@jest/globals';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import { parseFields } from './parse-fields.js';

function problemOf(fields: string): [number, string] {
  try {
    parseFields(fields);
  } catch (error) {
    const { facts } = error as MsxError<'FIELDS_INVALID'>;
    return [facts.column, facts.reason];
  }
  throw new Error('it was accepted');
}

describe('parseFields', () => {
  it('parses types, required fields, defaults, lists and enum values', () => {
    const fields = parseFields(
      'sku:string!,price:money,stock:int=0, active : bool ,tags:string[],kind:enum(a|bigOne),releasedAt:datetime',
    );
    expect(fields.map(({ name, type, required }) => [name, type, required])).toEqual([
      ['sku', 'string', true],
      ['price', 'money', false],
      ['stock', 'int', false],
      ['active', 'bool', false],
      ['tags', 'list', false],
      ['kind', 'enum', false],
      ['releasedAt', 'datetime', false],
    ]);
    expect(fields[2]!.defaultLiteral).toBe('0');
    expect(fields[5]!.values).toEqual([['a'], ['big', 'one']]);
    expect(fields[6]!.words).toEqual(['released', 'at']);
  });

  it.each([
    ['sku:strng', 5, 'unknown type "strng"; did you mean "string"?'],
    ['a:int,sku', 7, '"sku" has no type: write sku:string'],
    ['a:int,:int', 7, 'a name is missing'],
    ['a:int,', 7, '"" has no type: write name:string'],
    ['größe:int', 3, '"ö" is neither a letter from a to z nor a digit'],
    ['a:int,class:string', 7, '"class" is a reserved word in JavaScript'],
    ['id:id', 1, 'every entity has "id"'],
    ['a:int,a:int', 7, 'duplicate field "a"'],
    ['price:money,priceCurrency:string', 13, 'duplicate field "priceCurrency"'],
    ['n:int=x', 7, '"x" is not a 32-bit integer'],
    ['n:int!=1', 6, 'a required field ("!") cannot have a default ("=")'],
    ['n:int[]', 3, 'only lists of string are supported, not of int'],
    ['n:string[]!', 11, 'a list is never null: remove the "!"'],
    ['n:enum', 3, 'an enum needs values: enum(a|b)'],
    ['n:int(a)', 3, 'int takes no values'],
    ['n:enum(a|a)', 10, 'duplicate value "a"'],
    ['n:enum(a|b', 7, 'missing closing parenthesis'],
    ['n:money=1', 9, 'only string, int, float and bool can have a default, not money'],
  ])('reports the column of the error in %s', (fields, column, reason) => {
    expect(problemOf(fields)).toEqual([column, reason]);
  });

  it('marks the column', () => {
    expect(() => parseFields('a:int,b:flot')).toThrow('\n  a:int,b:flot\n          ^');
  });
});
