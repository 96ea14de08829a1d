import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
const limits = {
  QUERY_MAX_DEPTH: '3',
  QUERY_MAX_COST: '300',
  QUERY_MAX_ALIASES: '5',
  QUERY_MAX_ROOT_FIELDS: '6',
};
beforeAll(() => gateway.start('development', limits));
afterAll(() => gateway.stop());

const times = (count: number, of: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => of(n)).join(' ');

describe('a query that is too large', () => {
  it.each([
    ['QUERY_TOO_DEEP', 3, 4, '{ loan(id: "o") { items { book { name } } } }'],
    ['QUERY_TOO_DEEP', 3, 300, `{ ${'a { '.repeat(299)} a ${'}'.repeat(299)} }`],
    ['TOO_MANY_ALIASES', 5, 6, `{ loan(id: "o") { ${times(6, (n) => `a${n}: id`)} } }`],
    ['TOO_MANY_ROOT_FIELDS', 6, 7, `{ ${'readersCount '.repeat(7)} }`],
    [
      'QUERY_TOO_COSTLY',
      300,
      320,
      '{ a: readers(limit: 100) { id } b: readers(limit: 100) { id } readerLoans(readerId: "u", limit: 10) { items { price } reader { id } } }',
    ],
  ])('is refused as %s, with the limit %i and the actual value %i', async (code, limit, actual, query) => {
    const { status, data, errors } = await gateway.gql(query);
    expect([status, data]).toEqual([400, undefined]);
    const { extensions, message } = errors!.find((error) => error.extensions.code === code)!;
    expect(extensions).toEqual({ code, limit, actual, requestId: expect.any(String) });
    expect(message).toMatch(String(actual));
  });

  it('costs what its variables request, cached or not', async () => {
    const query =
      'query ($limit: Int) { readers(limit: $limit) { id } books(limit: $limit) { id } readerLoans(readerId: "u", limit: $limit) { id reader { id } } }';
    expect((await gateway.gql(query, { limit: 75 })).status).toBe(200);
    expect((await gateway.gql(query, { limit: 76 })).errors).toMatchObject([
      { extensions: { code: 'QUERY_TOO_COSTLY', limit: 300, actual: 304 } },
    ]);
    expect((await gateway.gql(query, { limit: 1 })).status).toBe(200);
  });

  it('costs no more than the maximum page size: the resolver refuses larger ones', async () => {
    const { errors } = await gateway.gql('{ readers(limit: 1000000) { id } }');
    expect(errors).toMatchObject([{ extensions: { code: 'VALIDATION_FAILED' } }]);
  });

  it.each([
    ['1,000 levels deep', `{ ${'loan { reader { '.repeat(500)} id ${'} }'.repeat(500)} }`],
    ['of 10,000 aliases', `{ ${times(10_000, (n) => `a${n}: readersCount`)} }`],
    ['of a megabyte', `{ ${'readersCount '.repeat(75_000)} }`],
  ])('%s is refused before it is parsed completely', async (_, query) => {
    const { status, errors } = await gateway.gql(query);
    expect(status).toBe(400);
    expect(errors).toMatchObject([{ extensions: { code: 'TOO_MANY_TOKENS', limit: 1_000 } }]);
  });

  it('does not include introspection, nor reasonable queries', async () => {
    for (const query of [
      getIntrospectionQuery(),
      '{ readerLoans(readerId: "u") { items { price } reader { name } } }',
    ])
      expect((await gateway.gql(query)).status).toBe(200);
  });
});
