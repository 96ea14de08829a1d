import { describe, expect, it } from '@jest/globals';
import { MsxError } from '../../errors/msx-error.js';
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
  it('reads types, what must be given, defaults, lists and values', () => {
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
    ['a:int,class:string', 7, '"class" is a word of JavaScript'],
    ['id:id', 1, 'every entity has "id"'],
    ['a:int,a:int', 7, 'there is a field "a" already'],
    ['price:money,priceCurrency:string', 13, 'there is a field "priceCurrency" already'],
    ['n:int=x', 7, '"x" is no whole number of 32 bits'],
    ['n:int!=1', 6, 'what must be given ("!") needs no default ("=")'],
    ['n:int[]', 3, 'there are lists of string only, not of int'],
    ['n:string[]!', 11, 'a list is always there, if empty: leave out the "!"'],
    ['n:enum', 3, 'an enum has values: enum(a|b)'],
    ['n:int(a)', 3, 'int takes no values'],
    ['n:enum(a|a)', 10, '"a" is there already'],
    ['n:enum(a|b', 7, 'the parenthesis is never closed'],
    ['n:money=1', 9, 'there are defaults for string, int, float and bool, not for money'],
  ])('points at what is wrong with %s', (fields, column, reason) => {
    expect(problemOf(fields)).toEqual([column, reason]);
  });

  it('shows the place', () => {
    expect(() => parseFields('a:int,b:flot')).toThrow('\n  a:int,b:flot\n          ^');
  });
});
