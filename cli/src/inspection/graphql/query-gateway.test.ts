import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { queryGateway, throwOnErrors } from './query-gateway.js';

let server: Server;
afterEach(() => void server.close());

/** The URL of a server that gives the same answer to every request. */
async function answering(
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<{ url: string }> {
  server = createServer((_, response) => response.writeHead(status, headers).end(body)).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const request = { query: '{ usersCount }' };
const failed = (extensions: object) => JSON.stringify({ errors: [{ message: 'no', extensions }] });

describe('the request id of an answer with errors', () => {
  it.each([
    ['the header', failed({}), { 'x-request-id': 'r-1' }],
    ['an error in the answer', failed({ requestId: 'r-1' }), {}],
  ])('is taken from %s', async (_, body, headers) => {
    const answer = await queryGateway(request, await answering(500, body, headers));
    expect(() => throwOnErrors(answer)).toThrow(
      expect.objectContaining({
        facts: expect.objectContaining({ requestId: 'r-1' }),
        suggestion: expect.stringContaining('msx logs --request r-1'),
      }),
    );
  });

  it('is also reported for an answer that is not GraphQL', async () => {
    const gateway = await answering(502, '<html>', { 'x-request-id': 'r-2' });
    await expect(queryGateway(request, gateway)).rejects.toMatchObject({
      code: 'NOT_GRAPHQL',
      facts: { status: 502, requestId: 'r-2' },
    });
  });

  it('is left out if there is none', async () => {
    const answer = await queryGateway(request, await answering(200, failed({})));
    expect(() => throwOnErrors(answer)).toThrow(expect.objectContaining({ suggestion: undefined }));
  });
});

it('leaves an answer without errors as it is', async () => {
  const gateway = await answering(200, '{"data":{"usersCount":1}}', { 'x-request-id': 'r-1' });
  expect(await queryGateway(request, gateway)).toEqual({ data: { usersCount: 1 } });
});
