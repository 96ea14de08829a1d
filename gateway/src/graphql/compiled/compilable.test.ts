import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { compilable } from './compilable.js';

const schema = buildSchema(`
  type Reader { id: ID! friends: [Reader] }
  type Query { reader(id: ID!): Reader readers(limit: Int): [Reader!]! }
`);

describe('a document', () => {
  it.each([
    ['of fields and variables', 'query ($id: ID!) { reader(id: $id) { id } }', true],
    ['with a default for what may be null', 'query ($n: Int = 3) { readers(limit: $n) { id } }', true],
    ['with a default for what may not be null', 'query ($id: ID! = "a") { reader(id: $id) { id } }', false],
    ['with a list whose members may be errors', 'query { reader(id: "a") { friends { id } } }', false],
    ['with a condition', 'query { readers { id @skip(if: true) } }', false],
    ['with a named fragment', 'query { readers { ...F } } fragment F on Reader { id }', false],
  ])('%s is compiled only if that is correct', (_, source, expected) => {
    expect(compilable(schema, parse(source)).document).toBe(expected);
  });

  it('lists the variables that are used where null is not allowed', () => {
    const document = parse(
      'query ($id: ID = "a", $n: Int) { reader(id: $id) { id } readers(limit: $n) { id } }',
    );
    expect(compilable(schema, document).notNull).toEqual(['id']);
  });
});
