import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { reachableBytes } from '../reachable-bytes.fixture.js';
import { Gateway } from '../gateway.fixture.js';

const MANY = 1_000;

const gateway = new Gateway();
const sockets: Socket[] = [];

beforeAll(() => gateway.start('production'));
afterAll(() => gateway.stop());

it(`${MANY} slow sockets with unfinished requests do not affect others, in bounded memory`, async () => {
  const { hostname, port } = new URL(gateway.url);
  while (sockets.length < MANY) {
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    await once(socket, 'connect');
    socket.write('POST /graphql HTTP/1.1\r\nhost: localhost\r\n');
  }
  const answers = await Promise.all(Array.from({ length: 20 }, () => gateway.gql('{ readersCount }')));
  expect(answers.map(({ data }) => data)).toEqual(Array(20).fill({ readersCount: 0 }));
  expect(sockets.filter(({ destroyed }) => destroyed)).toEqual([]);
  const keptOpen = reachableBytes();
  const closed = sockets.map((socket) => once(socket, 'close'));
  for (const socket of sockets) socket.destroy();
  await Promise.all(closed);
  await gateway.gql('{ readersCount }');
  expect(keptOpen - reachableBytes()).toBeLessThan(20 * 1024 * 1024);
});
