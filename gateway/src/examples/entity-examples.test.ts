import { expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { entityExamples } from './entity-examples.js';

const schema = buildSchema(`
  type Book { id: ID! title: String! pages: Int createdAt: String updatedAt: String }
  type Query { books(page: Int, limit: Int): [Book] book(id: ID!): Book }
  type Mutation {
    createBook(title: String!, pages: Int): Book
    updateBook(id: ID!, title: String, pages: Int): Book
    deleteBook(id: ID!): Book
  }
`);

it('provides tabs that create, list, get, update and delete an entity', () => {
  const examples = entityExamples('book', 'books', [
    { name: 'title', type: 'String!', value: 'a title' },
    { name: 'pages', type: 'Int', value: 7 },
  ]);
  expect(examples.flatMap(({ query }) => validate(schema, parse(query)))).toEqual([]);
  expect(examples.map(({ query, variables }) => [query.split(/\W/)[1], variables])).toEqual([
    ['CreateBook', { title: 'a title', pages: 7 }],
    ['Books', undefined],
    ['Book', { id: '{{createBook.id}}' }],
    ['UpdateBook', { id: '{{createBook.id}}', title: 'a title' }],
    ['DeleteBook', { id: '{{createBook.id}}' }],
  ]);
});
