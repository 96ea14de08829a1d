import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { credentialsFor } from './channel.js';
import type { AddressInfo, Server } from 'node:net';
import type { Service, System } from '../../model/system/system.js';

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

describe('the credentials for a server', () => {
  it('fail after the timeout of the caller when the server does not answer', async () => {
    server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
    server.on('connection', (socket) => socket.on('error', () => undefined).resume());
    await once(server, 'listening');
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const target = { system: {} as System, service: { name: 'user-service' } as Service };
    await expect(credentialsFor(target, { address, timeoutMs: 300 })).rejects.toMatchObject({
      code: 'SERVICE_UNREACHABLE',
      message: expect.stringContaining('no answer within 0.3 s'),
    });
  });
});
