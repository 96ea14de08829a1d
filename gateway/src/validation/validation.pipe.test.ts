import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

const reader = (fields: string) => `mutation { createReader(${fields}) { id } }`;
const book = (fields: string) => `mutation { createBook(${fields}, category: "C") { id } }`;
const loan = (items: string, more = '') =>
  `mutation { createLoan(readerId: "u", items: [${items}]${more}) { id } }`;

describe('arguments', () => {
  it.each([
    [reader('name: "A", email: "nonsense", password: "password123"'), ['email must be an e-mail address']],
    [reader('name: "  ", email: "a@b.co", password: "password123"'), ['name must not be empty']],
    [
      reader('name: "A", email: "", password: "short"'),
      ['email must be an e-mail address', 'password must be at least 8 characters long'],
    ],
    [book('name: "A", price: -1, stock: 1'), ['price must not be negative']],
    [book('name: "A", price: 1.999, stock: 1'), ['price must not have more than 2 decimals']],
    [book('name: "A", price: 1e12, stock: 1'), ['price must not be more than 10000000']],
    [book('name: "A", price: 1, stock: -1'), ['stock must not be negative']],
    [loan(''), ['items must not be empty']],
    [loan('{ bookId: "p", quantity: 0 }'), ['items[0].quantity must not be less than 1']],
    [loan('{ bookId: "p", quantity: 2000000000 }'), ['items[0].quantity must not be more than 10000']],
    [
      loan('{ bookId: "p", quantity: 1 }, { bookId: "", quantity: 1, price: 0.001 }'),
      ['items[1].bookId must not be empty', 'items[1].price must not have more than 2 decimals'],
    ],
    [loan('{ bookId: "p", quantity: 1 }', ', totalAmount: -5'), ['totalAmount must not be negative']],
    [
      '{ readers(page: 0, limit: 10000) { id } }',
      ['page must not be less than 1', 'limit must not be more than 100'],
    ],
    ['{ readerLoans(readerId: "u", limit: 0) { id } }', ['limit must not be less than 1']],
    ['{ reader(id: "") { id } }', ['id must not be empty']],
  ])('%s is refused, with every invalid field', async (query, problems) => {
    const { data, errors } = await gateway.gql(query);
    expect(Object.values(data)).toEqual([null]);
    expect(errors).toHaveLength(1);
    const { code, validation } = errors![0]!.extensions;
    expect(code).toBe('VALIDATION_FAILED');
    const shown = (validation as { field: string; message: string }[]).map((p) => `${p.field} ${p.message}`);
    expect(shown.sort()).toEqual([...problems].sort());
  });

  it('are refused before any service is called', () => {
    const { readerService, bookService, loanService } = gateway.library;
    expect([readerService, bookService, loanService].flatMap(({ calls }) => calls)).toEqual([]);
  });

  it('are refused if a string cannot be encoded in UTF-8', async () => {
    const query = `mutation ($items: [LoanItemInput!]!, $name: String!) {
      createLoan(readerId: "u", items: $items) { id }
      createReader(name: $name, email: "a@b.co", password: "password123") { id }
    }`;
    const items = [{ bookId: '\udc00', quantity: 1 }];
    const { errors } = await gateway.gql(query, { items, name: '\ud83d!' });
    const message = 'must not contain an unpaired surrogate';
    expect(errors!.map(({ extensions }) => extensions.validation)).toEqual([
      [{ field: 'items[0].bookId', message }],
      [{ field: 'name', message }],
    ]);
  });

  const dates = [
    '2024-02-30T00:00:00Z',
    '2026-01-31T12:00:00',
    '2026-01-31',
    'yesterday',
    '+010000-01-01T00:00:00Z',
  ];
  const after = (date: unknown) =>
    `{ readersConnection(filter: { createdAfter: ${JSON.stringify(date)} }) { totalCount } }`;

  it.each([...dates, 1767225600000])(
    'for a date and time do not accept %j, as literal or as variable',
    async (date) => {
      const query =
        'query ($after: DateTime) { readersConnection(filter: { createdAfter: $after }) { totalCount } }';
      for (const answer of [await gateway.gql(after(date)), await gateway.gql(query, { after: date })]) {
        expect(answer.status).toBe(400);
        expect(answer.errors![0]!.message).toContain('must be a date and time with a zone');
      }
    },
  );

  it.each(['{ readers(page: null) { id } }', '{ readers(page: "1") { id } }', '{ nothing }', '{ readers'])(
    'of a wrong type, and invalid queries, are never executed: %s',
    async (query) => {
      const { status, errors } = await gateway.gql(query);
      expect(status).toBe(400);
      expect(errors![0]!.extensions.code).toMatch(/^GRAPHQL_(PARSE|VALIDATION)_FAILED$/);
    },
  );
});
