import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

const post = (body: string, headers = {}) =>
  fetch(gateway.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

describe('what never reaches GraphQL', () => {
  it.each([
    ['a body that is too large', 413, () => post(JSON.stringify({ query: ' '.repeat(1024 * 1024) }))],
    ['a body of 10 MB', 413, () => post(JSON.stringify({ query: ' '.repeat(10 * 1024 * 1024) }))],
    ['a body that is no JSON', 400, () => post('{')],
    ['a batch', 400, () => post('[{"query":"{ __typename }"}]')],
    ['a body without a query', 400, () => post('{}')],
    ['a form of another site', 400, () => post('query=1', { 'content-type': 'text/plain' })],
    [
      'a query by GET that a page of another site could send',
      400,
      () => fetch(`${gateway.url}?query={__typename}`),
    ],
    ['an unknown address', 404, () => fetch(new URL('/nothing', gateway.url))],
  ])('%s is refused in the shape of GraphQL', async (_, status, send) => {
    const response = await send();
    expect(response.status).toBe(status);
    const { errors } = (await response.json()) as { errors: object[] };
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/./), extensions: { code: 'BAD_REQUEST' } },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/stack|node_modules/);
  });
});
