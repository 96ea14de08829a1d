import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
// The gateway loads it for the first socket, which Jest cannot do while another test is running.
import 'graphql-ws';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

/** Uses Node's own client, since fetch always sends the host of the URL. */
function statusOf(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode!);
    });
    sent.once('error', reject).end();
  });
}

const playground = { accept: 'text/html' };
const websocket = {
  ...{ connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
  ...{ 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-protocol': 'graphql-transport-ws' },
};

describe('in development', () => {
  it.each([
    ['the playground', () => gateway.url, playground],
    ['a socket', () => gateway.url, websocket],
    ['health', () => gateway.url.replace('graphql', 'health/ready'), {}],
    ['health on its own port', () => `${gateway.healthUrl}/ready`, {}],
    ['metrics', () => gateway.healthUrl.replace('health', 'metrics'), {}],
  ])('%s is served for names of this machine only', async (_, url, headers) => {
    const { port } = new URL(url());
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`])
      expect(await statusOf(url(), { ...headers, host })).toBeLessThan(300);
    const evil = `evil.example:${port}`;
    expect(await statusOf(url(), { ...headers, host: evil })).toBe(403);
    expect(await statusOf(url(), { ...headers, host: evil, origin: `http://${evil}` })).toBe(403);
    expect(await statusOf(url(), { ...headers, origin: 'http://evil.example' })).toBe(403);
  });

  it('refuses with a GraphQL error', async () => {
    const { status, errors } = await gateway.gql('{ __typename }', {}, { origin: 'http://evil.example' });
    expect(status).toBe(403);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

describe('in production', () => {
  it('ALLOWED_HOSTS lists the names that are served', async () => {
    const production = new Gateway();
    try {
      await production.start('production', { ALLOWED_HOSTS: 'library.example' });
      const health = production.url.replace('graphql', 'health/live');
      expect(await statusOf(health, { host: 'library.example' })).toBe(200);
      expect(await statusOf(health, { host: 'evil.example' })).toBe(403);
    } finally {
      await production.stop();
    }
  });
});
