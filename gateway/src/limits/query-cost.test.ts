import { describe, expect, it } from '@jest/globals';
import { buildSchema, Kind, parse, validate } from 'graphql';
import type { OperationDefinitionNode } from 'graphql';
import { costOf } from './query-cost.js';

const schema = buildSchema(`
  type Query {
    users(page: Int = 1, limit: Int = 10): [User!]
    user(id: ID): User
    count: Int
    byIds(ids: [ID!]!): [Node]!
    orders: [Order!]!
    usersConnection(first: Int = 10, after: String): UserConnection
  }
  type UserConnection { edges: [UserEdge!]! pageInfo: PageInfo totalCount: Int }
  type UserEdge { node: User cursor: String }
  type PageInfo { endCursor: String }
  type User implements Node { id: ID orders(limit: Int!): [Order!]! }
  type Order implements Node { id: ID items: [Item!]! user: User }
  type Item { price: Int tags: [String!] }
  interface Node { id: ID }
`);

function cost(query: string, variables = {}): number {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return costOf({ schema, document, operation: operation as OperationDefinitionNode, variables });
}

describe('the cost of a query', () => {
  it.each([
    ['{ count }', 0],
    ['{ user { id } }', 1],
    ['{ users { id } }', 10],
    ['{ users(limit: 25) { id } again: users(limit: 5) { id } }', 30],
    [
      '{ users(limit: 4) { orders(limit: 3) { items { price tags } user { id } } } }',
      4 * (1 + 3 * (1 + 10 + 1)),
    ],
    ['{ orders { id } }', 10],
    ['{ byIds(ids: ["a", "b", "c"]) { id } }', 3],
    ['{ byIds(ids: "a") { id ... on Order { user { id } } ... on User { orders(limit: 2) { id } } } }', 4],
    ['{ user { ...U } again: user { ...U } } fragment U on User { orders(limit: 7) { id } }', 16],
    ['{ users(limit: 1000000) { id } }', 100],
    ['{ users(limit: -1) { id } }', 0],
    ['{ usersConnection { edges { node { id } } } }', 1 + 10 * 2],
    ['{ usersConnection(first: 50) { totalCount pageInfo { endCursor } edges { cursor } } }', 1 + 1 + 50],
    [
      '{ usersConnection(first: 3) { ...C } all: usersConnection(first: 5) { ...C } } fragment C on UserConnection { edges { node { orders(limit: 2) { items { price } } } } }',
      1 + 3 * (1 + 1 + 2 * 11) + 1 + 5 * (1 + 1 + 2 * 11),
    ],
    ['{ usersConnection(first: 1000000) { ... { edges { node { id } } } } }', 1 + 100 * 2],
  ])('%s', (query, objects) => expect(cost(query)).toBe(objects));

  it('depends on the variables', () => {
    const query =
      'query ($limit: Int = 20, $ids: [ID!]!) { users(limit: $limit) { id } byIds(ids: $ids) { id } }';
    expect(cost(query, { ids: [] })).toBe(20);
    expect(cost(query, { limit: 3, ids: ['a', 'b'] })).toBe(5);
  });

  it('counts the product of nested fragments without expanding them', () => {
    const doubling = Array.from(
      { length: 100 },
      (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`,
    );
    const query = `{ ...F0 } ${doubling.join(' ')} fragment F100 on Query { user { id } }`;
    expect(cost(query)).toBe(Number.MAX_SAFE_INTEGER);
  });
});
