import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const library = 'https://library.example';
const query = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"query":"{__typename}"}',
};

/** The preflight request of a browser for a page of another origin. */
const preflight = (gateway: Gateway, origin: string) =>
  fetch(gateway.url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });
const allowed = ({ headers }: { headers: Headers }) => headers.get('access-control-allow-origin');

describe('with settings', () => {
  const gateway = new Gateway();
  const variables = {
    CORS_ORIGINS: `${library},http://localhost:5173`,
    BODY_LIMIT: '200',
    RATE_LIMIT_ADDRESS: '9/3600',
  };
  beforeAll(() => gateway.start('development', variables));
  afterAll(() => gateway.stop());

  it('pages of the configured origins may send requests', async () => {
    const { status, headers } = await preflight(gateway, library);
    expect(status).toBe(204);
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-origin': library,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringMatching(/content-type, authorization, idempotency-key/),
    });
    const answer = await gateway.gql('{ __typename }', {}, { origin: library });
    expect(allowed(answer)).toBe(library);
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/x-request-id, ratelimit,/);
  });

  it('pages of other origins may not', async () => {
    expect(allowed(await preflight(gateway, 'https://elsewhere.example'))).toBeNull();
  });

  it('bodies are read up to the limit', async () => {
    const body = JSON.stringify({ query: '{ __typename }' });
    expect((await fetch(gateway.url, { ...query, body: body.padEnd(200) })).status).toBe(200);
    expect((await fetch(gateway.url, { ...query, body: body.padEnd(201) })).status).toBe(413);
  });

  it('forwarded addresses are not trusted', async () => {
    let refused;
    for (let n = 0; n < 10; n++)
      refused = await gateway.gql(
        '{ __typename }',
        {},
        { 'x-forwarded-for': `192.0.2.${n}`, origin: library },
      );
    expect(refused!.status).toBe(429);
    expect(allowed(refused!)).toBe(library);
  });
});

describe('without settings', () => {
  const gateway = new Gateway();
  beforeAll(() => gateway.start());
  afterAll(() => gateway.stop());

  it('pages of other origins may not send requests', async () => {
    expect(allowed(await preflight(gateway, library))).toBeNull();
    expect(allowed(await gateway.gql('{ __typename }', {}, { origin: library }))).toBeNull();
  });

  it('a busy developer does not hit a limit', async () => {
    const answers = await Promise.all(Array.from({ length: 500 }, () => gateway.gql('{ __typename }')));
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  });
});

it('an invalid setting prevents the start, and is named', async () => {
  const gateway = new Gateway();
  const start = gateway.start('development', { BODY_LIMIT: 'huge' });
  await expect(start).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: 'BODY_LIMIT must be a whole number from 1 to 104857600',
  });
  gateway.library.stop();
});
