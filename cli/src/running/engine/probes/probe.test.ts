import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { probe } from './probe.js';
import type { AddressInfo, Server } from 'node:net';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((closed) => server.close(closed));
});

async function portOf(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const answering = (status: number, body: string) =>
  portOf(createHttpServer((_, response) => response.writeHead(status, { connection: 'close' }).end(body)));

describe('a health probe', () => {
  it('returns the health that the service reports, whatever the HTTP status', async () => {
    const health = { started: false, ready: true, degraded: true, checks: [{ name: 'schema', ok: true }] };
    const port = await answering(503, JSON.stringify(health));
    expect(await probe({ kind: 'health', port })).toEqual(health);
  });

  it('ignores answers of a foreign process', async () => {
    expect(await probe({ kind: 'health', port: await answering(200, '<html>') })).toBeUndefined();
    expect(await probe({ kind: 'health', port: await answering(200, '{"ok":true}') })).toBeUndefined();
  });
});

describe('a Kafka probe', () => {
  const answer = Buffer.from([0, 0, 0, 10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);

  it('succeeds if one broker answers', async () => {
    const port = await portOf(createServer((socket) => socket.once('data', () => socket.write(answer))));
    expect(await probe({ kind: 'kafka', brokers: `127.0.0.1:${port}` })).toMatchObject({ started: true });
    expect(await probe({ kind: 'kafka', brokers: `127.0.0.1:1,127.0.0.1:${port}` })).toMatchObject({
      ready: true,
    });
  });

  it('does not succeed with just an open port', async () => {
    const port = await portOf(
      createServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 400\r\n\r\n'))),
    );
    expect(await probe({ kind: 'kafka', brokers: `127.0.0.1:${port}` })).toBeUndefined();
    expect(await probe({ kind: 'kafka', brokers: '127.0.0.1:1' })).toBeUndefined();
  });
});
