import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';
import { MAX_ERRORS } from './bounded-errors.js';
import { installedEngines } from '../graphql/apollo-packages.js';

/** More than the limit for entities and for list members. */
const MANY = 1_001;

describe.each(installedEngines())('the cost of one request is bounded (%s)', (engine) => {
  const gateway = new Gateway();
  beforeAll(() => gateway.start('development', { GRAPHQL_ENGINE: engine }));
  afterAll(() => gateway.stop());

  it('by the number of representations in the document itself', async () => {
    const other = new Gateway();
    try {
      await other.start('development', { GRAPHQL_ENGINE: engine, QUERY_MAX_TOKENS: '10000' });
      const query = `{ _entities(representations: [${'1 '.repeat(MANY)}]) { __typename } }`;
      const { errors } = await other.gql(query);
      expect(errors).toMatchObject([{ extensions: { code: 'VALIDATION_FAILED' } }]);
    } finally {
      await other.stop();
    }
  });

  it('by the number of invalid representations, which are refused before an error is created for each', async () => {
    const representations = Array.from({ length: MANY - 1 }, (_, n) => ({
      __typename: 'Nothing',
      id: `${n}`,
    }));
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    const { data, errors } = await gateway.gql(query, { r: representations });
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ path: ['_entities'], extensions: { code: 'VALIDATION_FAILED' } }]);
  });

  it('by the number of errors in a response', async () => {
    const other = new Gateway();
    try {
      await other.start('development', { GRAPHQL_ENGINE: engine });
      other.library.readerService.stop();
      const r = Array.from({ length: MANY - 1 }, (_, n) => ({ __typename: 'Reader', id: `${n}` }));
      const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
      const { data, errors } = await other.gql(query, { r });
      expect(data._entities).toHaveLength(MANY - 1);
      expect(errors).toHaveLength(MAX_ERRORS + 1);
      expect(errors!.at(-1)).toMatchObject({
        message: '900 more errors are not shown.',
        extensions: { code: 'TOO_MANY_ERRORS', requestId: expect.any(String) },
      });
    } finally {
      await other.stop();
    }
  });

  it('by the number of problems with one argument', async () => {
    const items = Array.from({ length: 100 }, () => ({ bookId: '', quantity: 0 }));
    const query =
      'mutation ($items: [LoanItemInput!]!) { createLoan(readerId: "u", items: $items) { __typename } }';
    const { errors } = await gateway.gql(query, { items });
    expect(errors![0]!.extensions.validation).toHaveLength(10);
  });
});
