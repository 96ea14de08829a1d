import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askGateway, demandNoErrors } from './ask-gateway.js';

let server: Server;
afterEach(() => void server.close());

/** The URL of a server that gives every request this answer. */
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
    ['its header', failed({}), { 'x-request-id': 'r-1' }],
    ['an error in it', failed({ requestId: 'r-1' }), {}],
  ])('is what %s says', async (_, body, headers) => {
    const answer = await askGateway(request, await answering(500, body, headers));
    expect(() => demandNoErrors(answer)).toThrow(
      expect.objectContaining({
        facts: expect.objectContaining({ requestId: 'r-1' }),
        suggestion: expect.stringContaining('msx logs --request r-1'),
      }),
    );
  });

  it('is told of what is not GraphQL, too', async () => {
    const asking = await answering(502, '<html>', { 'x-request-id': 'r-2' });
    await expect(askGateway(request, asking)).rejects.toMatchObject({
      code: 'NOT_GRAPHQL',
      facts: { status: 502, requestId: 'r-2' },
    });
  });

  it('is not made up where there is none', async () => {
    const answer = await askGateway(request, await answering(200, failed({})));
    expect(() => demandNoErrors(answer)).toThrow(expect.objectContaining({ suggestion: undefined }));
  });
});

it('leaves an answer without errors as it is', async () => {
  const asking = await answering(200, '{"data":{"usersCount":1}}', { 'x-request-id': 'r-1' });
  expect(await askGateway(request, asking)).toEqual({ data: { usersCount: 1 } });
});
