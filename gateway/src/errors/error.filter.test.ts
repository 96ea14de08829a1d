import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

const post = (body: string, headers = {}) =>
  fetch(gateway.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

describe('a request that never reaches GraphQL', () => {
  it.each([
    ['a body that is too large', 413, () => post(JSON.stringify({ query: ' '.repeat(1024 * 1024) }))],
    ['a body of 10 MB', 413, () => post(JSON.stringify({ query: ' '.repeat(10 * 1024 * 1024) }))],
    ['a body that is not JSON', 400, () => post('{')],
    ['a batch', 400, () => post('[{"query":"{ __typename }"}]')],
    ['a body without a query', 400, () => post('{}')],
    ['a form from another site', 400, () => post('query=1', { 'content-type': 'text/plain' })],
    [
      'a GET query that a page of another site could send',
      400,
      () => fetch(`${gateway.url}?query={__typename}`),
    ],
    ['an unknown address', 404, () => fetch(new URL('/nothing', gateway.url))],
  ])('with %s is refused with a GraphQL error', async (_, status, send) => {
    const response = await send();
    expect(response.status).toBe(status);
    const { errors } = (await response.json()) as { errors: object[] };
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/./), extensions: { code: 'BAD_REQUEST' } },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/stack|node_modules/);
  });
});
