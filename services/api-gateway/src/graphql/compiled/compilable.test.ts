import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { compilable } from './compilable.js';

const schema = buildSchema(`
  type User { id: ID! friends: [User] }
  type Query { user(id: ID!): User users(limit: Int): [User!]! }
`);

describe('a document', () => {
  it.each([
    ['of fields and variables', 'query ($id: ID!) { user(id: $id) { id } }', true],
    ['with a default for what may be null', 'query ($n: Int = 3) { users(limit: $n) { id } }', true],
    ['with a default for what may not be null', 'query ($id: ID! = "a") { user(id: $id) { id } }', false],
    ['with a list whose members may be errors', 'query { user(id: "a") { friends { id } } }', false],
    ['with a condition', 'query { users { id @skip(if: true) } }', false],
    ['with a named fragment', 'query { users { ...F } } fragment F on User { id }', false],
  ])('%s goes where it is executed right', (_, source, expected) => {
    expect(compilable(schema, parse(source)).document).toBe(expected);
  });

  it('names the variables that may not be null where they are used', () => {
    const document = parse('query ($id: ID = "a", $n: Int) { user(id: $id) { id } users(limit: $n) { id } }');
    expect(compilable(schema, document).notNull).toEqual(['id']);
  });
});
