import { MAX_LIMIT, MAX_ROW_BYTES } from '@msx/runtime';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Book } from '../library/contract.fixture.js';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
const { library } = gateway;

beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

/** The longest description, in characters that take the most bytes. */
const LONGEST = '€'.repeat(5_000);

function books(count: number, description = LONGEST): Book[] {
  return Array.from({ length: count }, () => Object.assign(library.addBook(), { description }));
}

const loans = `{ readerLoans(readerId: "READER", page: 1, limit: 100) { items { book { id NAME } } } }`;

describe('a response that exceeds the four megabytes of gRPC', () => {
  it.each(['description', 'name'])('is loaded completely when the %s is selected', async (field) => {
    const reader = library.addReader('Buyer').id;
    const loaned = Array.from({ length: 4 }, () => books(100));
    for (const items of loaned) library.addLoan(reader, items);
    const { data, errors } = await gateway.gql(loans.replace('READER', reader).replace('NAME', field));
    expect(errors).toBeUndefined();
    const found = data.readerLoans.flatMap(({ items }: { items: { book: { id: string } }[] }) =>
      items.map(({ book }) => book.id),
    );
    expect(found).toEqual(loaned.flat().map(({ id }) => id));
  });

  it('is loaded in parts if it is larger than any message', async () => {
    const ids = books(1_000, 'x'.repeat(30_000)).map(({ id }) => id);
    const representations = ids.map((id) => ({ __typename: 'Book', id }));
    library.forgetCalls();
    const { data, errors } = await gateway.gql(
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Book { id } } }',
      { representations },
    );
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual(ids.map((id) => ({ id })));
    expect(library.bookService.calls.length).toBeGreaterThan(1);
  });

  it('may be a page of the largest possible rows', async () => {
    library.books.clear();
    const ids = books(MAX_LIMIT, 'x'.repeat(MAX_ROW_BYTES - 500)).map(({ id }) => id);
    const { data, errors } = await gateway.gql('{ books(page: 1, limit: 100) { id } }');
    expect(errors).toBeUndefined();
    expect(data.books).toEqual(ids.map((id) => ({ id })));
  });
});
