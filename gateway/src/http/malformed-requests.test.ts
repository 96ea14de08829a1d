import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

const JSON_TYPE = 'Content-Type: application/json\r\n';
const WEBSOCKET = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

const request = (line: string, headers = '', body = '') =>
  `${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}${body && `Content-Length: ${Buffer.byteLength(body)}\r\n`}\r\n${body}`;
const post = (body: string, headers = JSON_TYPE, path = '/graphql') => request(`POST ${path}`, headers, body);
const get = (path: string, headers = JSON_TYPE) => request(`GET ${path}`, headers);
const upgrade = (headers: string, path = '/graphql') =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${WEBSOCKET}${headers}\r\n`;
const query = (variables: string) => `{"query":"{ __typename }","variables":${variables}}`;

/** The whole response to these bytes, until the connection ends. */
async function send(bytes: string): Promise<{ status: number; headers: string; body: string }> {
  const { hostname, port } = new URL(gateway.url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (data) => (answer += String(data)));
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  const end = answer.indexOf('\r\n\r\n');
  const [headers, body] = [answer.slice(0, end), answer.slice(end + 4)];
  return { status: Number(headers.slice('HTTP/1.1 '.length).slice(0, 3)), headers, body };
}

describe('a malformed request is answered like any refused request:', () => {
  it.each<[string, number, string, string?]>([
    ['a URL that cannot be decoded', 400, get('/%zz'), 'the URL is malformed'],
    ['a URL that is not UTF-8', 400, get('/%ff'), 'the URL is malformed'],
    ['a WebSocket URL that cannot be decoded', 400, upgrade(KEY, '/%zz'), 'the URL is malformed'],
    ['a key __proto__', 400, post(query('{"__proto__":{"a":1}}')), '`__proto__`'],
    ['the same key, escaped', 400, post(query('{"a":[{"\\u005f_proto__":1}]}')), '`__proto__`'],
    ['a key of a prototype', 400, post(query('{"constructor":{"prototype":1}}')), '`constructor.prototype`'],
    ['such a key in a URL', 400, get('/graphql?query={__typename}&variables={"__proto__":1}'), '`__proto__`'],
    ['extreme depth, and such a key', 400, post(query(`{"__proto__":${'['.repeat(9e4)}${']'.repeat(9e4)}}`))],
    ['a body that is not JSON', 400, post('{"__proto__":'), 'not valid JSON'],
    ['a body that is empty', 400, request('POST /graphql', `${JSON_TYPE}Content-Length: 0\r\n`)],
    ['a body that is too large', 413, request('POST /graphql', `${JSON_TYPE}Content-Length: 99999999\r\n`)],
    ['a body without a type', 415, post('{}', '')],
    ['a body of another type', 415, post('<a/>', 'Content-Type: application/xml\r\n')],
    ['a method that is not served', 404, request('DELETE /graphql')],
    ['a method that is unknown', 400, request('MIX /graphql')],
    ['a path that is unknown', 404, get('/nothing')],
    ['headers that are too large', 431, get('/', `A: ${'a'.repeat(20_000)}\r\n`)],
    ['a URL that is too large', 431, get(`/${'a'.repeat(20_000)}`)],
    ['a length that is not a number', 400, request('POST /graphql', `${JSON_TYPE}Content-Length: x\r\n`)],
    ['two lengths', 400, request('POST /graphql', 'Content-Length: 1\r\nTransfer-Encoding: chunked\r\n')],
    ['another protocol', 400, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['bytes that are not HTTP', 400, 'hello\r\n\r\n'],
    ['a socket of another version', 400, upgrade(`${KEY}Sec-WebSocket-Version: 5\r\n`)],
    ['a socket without a key', 400, upgrade('Sec-WebSocket-Version: 13\r\n')],
  ])('%s', async (_, status, bytes, message = '') => {
    const answer = await send(bytes);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatch(/content-type: application\/json/i);
    const [, requestId] = /x-request-id: (\S+)/i.exec(answer.headers) ?? [];
    const { errors, ...rest } = JSON.parse(answer.body) as { errors: { message: string }[] };
    expect(rest).toEqual({});
    expect(errors).toEqual([
      { message: expect.stringContaining(message), extensions: { code: 'BAD_REQUEST', requestId } },
    ]);
    expect(answer.body).not.toMatch(/FST_|node_modules|INTERNAL/);
  });
});

it('a URL that cannot be decoded is counted like any other', async () => {
  const { headers } = await send(get('/%zz'));
  expect(headers).toMatch(/ratelimit: "address";r=\d+/i);
});
