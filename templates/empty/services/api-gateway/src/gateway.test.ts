import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runExamples } from '@msx/gateway/testing';
import { Gateway } from './gateway.fixture.js';
import { examples } from './playground/examples.js';

const gateway = new Gateway();
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

describe('the gateway', () => {
  it('answers each tab of its playground, from left to right', async () => {
    const results = await runExamples(gateway, examples);
    expect(results.length).toBeGreaterThan(0);
    for (const { query, errors } of results) expect({ query, errors }).toEqual({ query, errors: undefined });
  });

  it('returns the code of an error and the id of the request', async () => {
    const { errors, headers } = await gateway.gql('{ noSuchField }');
    expect(errors).toMatchObject([
      {
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED', requestId: headers.get('x-request-id') },
      },
    ]);
  });
});
