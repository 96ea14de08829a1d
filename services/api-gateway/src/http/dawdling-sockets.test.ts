import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { Gateway } from '../gateway.fixture.js';

const MANY = 1_000;

const gateway = new Gateway();
const sockets: Socket[] = [];

beforeAll(() => gateway.start('production'));
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await gateway.stop();
});

it(`${MANY} sockets that begin a request and dawdle harm nobody, in bounded memory`, async () => {
  const { hostname, port } = new URL(gateway.url);
  const heapBefore = process.memoryUsage().heapUsed;
  while (sockets.length < MANY) {
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    await once(socket, 'connect');
    socket.write('POST /graphql HTTP/1.1\r\nhost: shop.example\r\n');
  }
  const answers = await Promise.all(Array.from({ length: 20 }, () => gateway.gql('{ usersCount }')));
  expect(answers.map(({ data }) => data)).toEqual(Array(20).fill({ usersCount: 0 }));
  expect(sockets.filter(({ destroyed }) => destroyed)).toEqual([]);
  expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(200 * 1024 * 1024);
});
