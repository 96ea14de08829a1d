import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { Gateway } from '../gateway.fixture.js';
import { TestBroker as Broker } from '../testing/test-broker.js';
import { eventually, TestSubscriber as Subscriber } from '../testing/test-subscriber.js';

const broker = new Broker();
const gateway = new Gateway();
const { library } = gateway;
const subscribers: Subscriber[] = [];
let jane: string;

beforeAll(async () => {
  await broker.start();
  const settings = { KAFKA_BROKERS: broker.address, CORS_ORIGINS: 'https://library.example' };
  await gateway.start('production', settings);
  jane = library.addReader('Jane').id;
});
afterAll(async () => {
  await gateway.stop();
  await broker.remove();
});
afterEach(async () => {
  await Promise.all(subscribers.splice(0).map((one) => one.stop()));
});

const bearer = async (id: string, ...roles: string[]) => `Bearer ${await library.keys.sign({ id, roles })}`;

function client(...args: ConstructorParameters<typeof Subscriber>): Subscriber {
  const one = new Subscriber(...args);
  subscribers.push(one);
  return one;
}

const LOANS = 'subscription { loanStatusChanged { loanId status } }';

describe('a socket', () => {
  const closing = async (one: Subscriber) => {
    one.subscribe(LOANS);
    await eventually('it is closed', () => one.closed !== undefined);
    return one.closed;
  };

  it.each([
    ['UNAUTHENTICATED', async () => undefined],
    ['TOKEN_INVALID', async () => 'Bearer forged'],
    [
      'TOKEN_EXPIRED',
      async () => `Bearer ${await library.keys.sign({ id: jane, roles: [], expires: '-1m' })}`,
    ],
  ])('of an unauthenticated client is closed: %s', async (reason, token) => {
    expect(await closing(client(gateway.url, await token()))).toMatchObject({ code: 4401, reason });
  });

  it('is closed when its token expires', async () => {
    const token = await library.keys.sign({ id: jane, roles: ['customer'], expires: '3s' });
    expect(await closing(client(gateway.url, `Bearer ${token}`))).toMatchObject({
      code: 4401,
      reason: 'TOKEN_EXPIRED',
    });
  });

  it('is not opened with an invalid token in the headers', async () => {
    expect(await refusal({ authorization: 'Bearer forged' })).toMatchObject({ status: 401 });
  });

  /** The HTTP response to an upgrade request. */
  function refusal(headers: Record<string, string>, url = gateway.url) {
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { headers });
    return new Promise<{ status: number; body: string }>((resolve, reject) => {
      socket.once('open', () => (socket.close(), resolve({ status: 101, body: '' })));
      socket.once('error', reject);
      socket.once('unexpected-response', (_request, response) => {
        void text(response).then((body) => resolve({ status: response.statusCode!, body }));
      });
    });
  }

  it.each([
    [403, 'https://elsewhere.example'],
    [403, 'null'],
    [101, 'https://library.example'],
    [101, 'the gateway itself'],
  ])('is answered %i for a page of %s', async (status, origin) => {
    const own = new URL(gateway.url).origin;
    const answer = await refusal({ origin: origin === 'the gateway itself' ? own : origin });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body).toContain('"code":"FORBIDDEN"');
  });

  it('is opened at the GraphQL endpoint only', async () => {
    expect(await refusal({}, gateway.url.replace('/graphql', '/nothing'))).toMatchObject({ status: 404 });
  });

  it('is closed if it sends too much at once, or violates the protocol', async () => {
    const raw = async (message: string) => {
      const socket = new WebSocket(gateway.url.replace('http', 'ws'), 'graphql-transport-ws');
      return new Promise<number>((resolve) => {
        socket.once('open', () => socket.send(message));
        socket.on('error', () => undefined);
        socket.once('close', resolve);
      });
    };
    expect(await raw('x'.repeat(65 * 1024))).toBe(1009);
    expect(await raw('not JSON')).toBe(4400);
    expect(await raw('{"type":"subscribe","id":"1","payload":{"query":"{ me { id } }"}}')).toBe(4401);
  });

  it('is refused beyond the limit', async () => {
    const other = new Gateway();
    try {
      await other.start('production', { KAFKA_BROKERS: broker.address, SOCKETS_MAX_PER_ADDRESS: '2' });
      const authorization = `Bearer ${await other.library.keys.sign({ id: jane, roles: [] })}`;
      const open = [1, 2].map(() => client(other.url, authorization));
      open.forEach((one) => one.subscribe(LOANS));
      await eventually('both are connected', () => open.every(({ acknowledged }) => acknowledged));
      expect(await refusal({}, other.url)).toMatchObject({
        status: 503,
        body: expect.stringContaining('TOO_MANY_SOCKETS'),
      });
      await open[0]!.stop();
      await eventually(
        'a socket is accepted again',
        async () => (await refusal({}, other.url)).status === 101,
      );
    } finally {
      await other.stop();
    }
  });

  it('is closed when the gateway shuts down', async () => {
    const other = new Gateway();
    await other.start('development', { KAFKA_BROKERS: broker.address });
    const one = client(other.url);
    one.subscribe(LOANS);
    await eventually('it is connected', () => one.acknowledged !== undefined);
    await other.stop();
    expect(one.closed).toMatchObject({ code: 1001 });
  });
});

describe('a request that offers an upgrade to another protocol', () => {
  it('is answered like any other, including its body', async () => {
    const { hostname, port } = new URL(gateway.url);
    const body = JSON.stringify({ query: '{ me { id } }' });
    const socket = connect(Number(port), hostname);
    socket.write(
      [
        'POST /graphql HTTP/1.1',
        'Host: localhost',
        'Connection: Upgrade, HTTP2-Settings',
        'Upgrade: h2c',
        'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
        'Content-Type: application/json',
        `Authorization: ${await bearer(jane, 'customer')}`,
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n'),
    );
    let answer = '';
    for await (const chunk of socket) {
      answer += String(chunk);
      if (answer.includes('}}')) break;
    }
    expect(answer).toMatch(/^HTTP\/1.1 200 OK/);
    expect(answer).toContain(`{"data":{"me":{"id":"${jane}"}}}`);
  });
});
