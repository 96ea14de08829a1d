import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TopicPattern } from './topic-pattern.js';

describe('a pattern of topic names', () => {
  it.each([
    ['orders', 'orders', 'orders2'],
    ['order.*', 'orders.dlq', 'my-orders'],
    ['^(a|b)+$', 'abba', 'abc'],
    ['a|b.*|', '', 'ac'],
    ['[a-c_.-]+', 'a_b-c.', 'd'],
    ['[^0-9]*', 'abc', 'a1'],
    ['a{2,3}', 'aaa', 'aaaa'],
    ['a{2}b{1,}c{0}', 'aab', 'ab'],
    ['a{,2}', 'a{,2}', 'aa'],
    ['\\d+\\.\\w\\S', '12.a-', '12xa-'],
    ['(?i)ORDERS', 'oRdErS', 'order'],
    ['(?i:A)b', 'ab', 'aB'],
    ['(?:x)(?P<name>y)(?<other>z)', 'xyz', 'xy'],
    ['\\Qa.b\\E+', 'a.bb', 'axb'],
    ['[[:alpha:]]+[[:^digit:]]', 'ab-', 'ab1'],
    ['\\pL+\\p{Nd}?', 'ab1', '11'],
    ['\\x61\\x{62}', 'ab', 'ba'],
    ['a.*?b', 'a--b', 'a--'],
    ['\\bab\\b.*\\B-', 'ab--', 'abc'],
    ['(a*)*', 'aaa', 'b'],
    ['()*a', 'a', 'aa'],
    ['a-b.[]]', 'a-b]]', 'a-b]'],
  ])('%s matches %j, and not %j', (source, name, other) => {
    const pattern = new TopicPattern(source);
    expect([pattern.matches(name), pattern.matches(other)]).toEqual([true, false]);
  });

  it.each([
    '[',
    '[z-a]',
    '(',
    'a)',
    '*',
    'a**',
    'a{1001}',
    'a{3,2}',
    '(?=a)',
    '(?!a)',
    '(?<=a)b',
    '(a)\\1',
    '\\',
    '\\p{Nothing}',
    '[[:nothing:]]',
    '((a{1000}){1000}){1000}',
    '(((){1000}){1000}){1000}',
    '('.repeat(101),
    'a'.repeat(1001),
  ])('%s is refused', (source) => {
    expect(() => new TopicPattern(source)).toThrow(expect.objectContaining({ name: 'InvalidPattern' }));
  });

  it('takes linear time where backtracking would take exponential time', () => {
    const pattern = new TopicPattern('(a|aa|a*)*b');
    expect(pattern.matches('a'.repeat(249))).toBe(false);
  });

  it('agrees with RegExp where the two have the same syntax', () => {
    const part = fc.constantFrom(
      'a',
      'b',
      '.',
      '[ab]',
      '[^a]',
      'a*',
      'b+',
      'a?',
      '(a|b)',
      '(ab)*',
      'a{1,2}',
      '|',
      '\\w',
    );
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), name, (parts, text) => {
        const source = parts.join('');
        expect(new TopicPattern(source).matches(text)).toBe(new RegExp(`^(?:${source})$`).test(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('never fails otherwise than by refusing a pattern', () => {
    const symbols = fc.constantFrom(...'ab.*+?()[]{}|\\^$-,:=<PQEdpLxi012');
    fc.assert(
      fc.property(fc.string({ unit: symbols, maxLength: 20 }), (source) => {
        try {
          new TopicPattern(source).matches('ab');
        } catch (error) {
          expect((error as Error).name).toBe('InvalidPattern');
        }
      }),
      { numRuns: 3000 },
    );
  });
});
