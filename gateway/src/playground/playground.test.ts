import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';
import { examples } from '../library/app.module.fixture.js';
import { runExamples } from '../testing/run-examples.js';

const gateway = new Gateway();
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

const browse = (url: string) =>
  fetch(new URL(url, gateway.url), { headers: { accept: 'text/html,*/*;q=0.8' } });

describe('the playground', () => {
  it('needs nothing but this server', async () => {
    const response = await browse('/graphql');
    expect(response.headers.get('content-type')).toMatch('text/html');
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self';/,
    );
    const html = await response.text();
    expect(html).not.toMatch(/https?:|\/\//);
    const urls = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, url]) => url!);
    expect(urls).toHaveLength(5);
    for (const url of urls) {
      const asset = await browse(url);
      expect(asset.status).toBe(200);
      expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(asset.headers.get('content-type')).toMatch(
        url.endsWith('.css') ? 'text/css' : 'text/javascript',
      );
      const text = await asset.text();
      if (url.endsWith('.css')) expect(text).not.toMatch(/url\((?!data:)/);
      if (url.endsWith('start.js'))
        for (const { query } of examples) expect(text).toContain(JSON.stringify(query));
    }
  });

  it('leaves queries to GraphQL, even from a browser', async () => {
    expect((await gateway.gql('{ __typename }', {}, { accept: 'text/html, */*' })).data).toEqual({
      __typename: 'Query',
    });
  });

  it('has tabs that work one after the other, from left to right', async () => {
    await gateway.signIn('the-admin', 'admin');
    const results = await runExamples(gateway, examples);
    expect(results.map(({ query, errors }) => ({ query, errors }))).toEqual(
      examples.map(() => ({ query: expect.any(String), errors: undefined })),
    );
  });
});
