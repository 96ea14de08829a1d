import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
const variables = { RATE_LIMIT_ADDRESS: '3/3600', RATE_LIMIT_PRINCIPAL: '2/3600', TRUST_PROXY: 'loopback' };
beforeAll(() => gateway.start('development', variables));
afterAll(() => gateway.stop());

let addresses = 0;
const newAddress = () => `198.51.100.${++addresses}`;
const ask = (address: string, headers = {}) =>
  gateway.gql('{ __typename }', {}, { 'x-forwarded-for': address, ...headers });

async function spend(address: string) {
  for (let n = 0; n < 3; n++) expect((await ask(address)).status).toBe(200);
}

describe('an address', () => {
  it('gets its remaining quota in headers', async () => {
    const address = newAddress();
    await ask(address);
    const { headers } = await ask(address);
    expect(headers.get('ratelimit-policy')).toBe('"address";q=3;w=3600');
    expect(headers.get('ratelimit')).toMatch(/^"address";r=1;t=2[34]\d\d$/);
    expect(headers.has('retry-after')).toBe(false);
  });

  it('that exceeds its quota is refused, with the time to retry after', async () => {
    const address = newAddress();
    await spend(address);
    const { status, headers, data, errors } = await ask(address, { 'x-request-id': 'r-1' });
    expect([status, data]).toEqual([429, undefined]);
    const seconds = Number(headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(1_190);
    expect(seconds).toBeLessThanOrEqual(1_200);
    expect(headers.get('ratelimit')).toMatch(/^"address";r=0;t=3\d\d\d$/);
    expect(errors).toEqual([
      {
        message: `too many requests; try again in ${seconds} s.`,
        extensions: { code: 'RATE_LIMITED', retryAfter: seconds, requestId: 'r-1' },
      },
    ]);
  });

  it('that is refused does not affect others', async () => {
    const address = newAddress();
    await spend(address);
    expect((await ask(address)).status).toBe(429);
    expect((await ask(newAddress())).status).toBe(200);
  });

  it('is refused on every path except health checks', async () => {
    const address = newAddress();
    await spend(address);
    const get = (path: string) =>
      fetch(new URL(path, gateway.url), { headers: { 'x-forwarded-for': address, accept: 'text/html' } });
    for (const path of ['/graphql', '/nothing']) expect((await get(path)).status).toBe(429);
    for (let n = 0; n < 5; n++) expect((await get('/health/live')).status).toBe(200);
  });

  it('in the same /64 shares the quota', async () => {
    await spend('2001:db8::1');
    expect((await ask('2001:db8::2')).status).toBe(429);
    expect((await ask('2001:db8:0:1::1')).status).toBe(200);
  });
});

describe('a principal', () => {
  it('has its own quota, from any address', async () => {
    await gateway.signIn('jane');
    for (let n = 0; n < 2; n++) expect((await ask(newAddress())).status).toBe(200);
    const { status, headers } = await ask(newAddress());
    expect(status).toBe(429);
    expect(headers.get('ratelimit-policy')).toBe('"address";q=3;w=3600, "principal";q=2;w=3600');
    expect(headers.get('ratelimit')).toMatch(/^"address";r=2;t=\d+, "principal";r=0;t=\d+$/);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(1_700);
    await gateway.signIn('john');
    expect((await ask(newAddress())).status).toBe(200);
  });
});
