import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
const { library } = gateway;
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

const entities = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename ... on Reader { name } ... on Book { name price } ... on Loan { status reader { name } }
  }
}`;

describe('the subgraph', () => {
  it('prints its schema with keys, and without the additions of the specification', async () => {
    const { data } = await gateway.gql('{ _service { sdl } }');
    const { sdl } = data._service;
    expect(() => parse(sdl)).not.toThrow();
    expect(sdl).toMatch(/^extend schema @link\(url: "https:\/\/specs\.apollo\.dev\/federation\/v2/);
    for (const entity of ['Reader', 'Book', 'Loan'])
      expect(sdl).toContain(`type ${entity} @key(fields: "id") {`);
    expect(sdl).toContain('type PageInfo @shareable {');
    expect(sdl).not.toMatch(/\b_(Any|Entity|Service|entities|service)\b/);
  });

  it('returns entities in the requested order, with one call to each service', async () => {
    const readers = Array.from({ length: 20 }, (_, n) => library.addReader(`Reader ${n}`));
    const book = library.addBook({ name: 'Mouse', price: { minorUnits: 2999, currencyCode: 'USD' } });
    const loan = library.addLoan(readers[0]!.id, [book]);
    library.forgetCalls();
    const representations = [
      { __typename: 'Book', id: book.id },
      ...readers.map(({ id }) => ({ __typename: 'Reader', id })),
      { __typename: 'Reader', id: 'nobody' },
      { __typename: 'Loan', id: loan.id },
    ];

    const { data, errors } = await gateway.gql(entities, { representations });

    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([
      { __typename: 'Book', name: 'Mouse', price: 29.99 },
      ...readers.map(({ name }) => ({ __typename: 'Reader', name })),
      null,
      { __typename: 'Loan', status: 'PENDING', reader: { name: 'Reader 0' } },
    ]);
    expect(library.readerService.calls).toEqual(['batchGetReaders']);
    expect(library.bookService.calls).toEqual(['batchGetBooks']);
    expect(library.loanService.calls).toEqual(['batchGetLoans']);
  });

  it.each([
    { __typename: 'Nothing', id: '1' },
    { __typename: 'Reader' },
    { __typename: 'toString', id: '1' },
    'Reader',
  ])('returns null and an error for %j, and the other entities', async (wrong) => {
    const { id, name } = library.addReader('Jane');
    const representations = [wrong, { __typename: 'Reader', id }];
    const { data, errors } = await gateway.gql(entities, { representations });
    expect(data._entities).toEqual([null, { __typename: 'Reader', name }]);
    expect(errors).toMatchObject([{ path: ['_entities', 0], extensions: { code: 'VALIDATION_FAILED' } }]);
  });
});
