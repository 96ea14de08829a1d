import { once } from 'node:events';
import { createServer, Socket, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ISocketFactory } from 'kafkajs';
import { importSocketFactory, loadSocketFactory } from './socket-factory.js';

describe('the socket factory', () => {
  let server: Server;
  let port: number;
  const setNoDelay = jest.spyOn(Socket.prototype, 'setNoDelay');

  beforeEach(async () => {
    server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
    setNoDelay.mockClear();
  });
  afterEach(() => void server.close());

  async function open(factory: ISocketFactory): Promise<void> {
    const socket = factory({ host: '127.0.0.1', port, ssl: undefined as never, onConnect: () => undefined });
    await once(socket, 'connect');
    socket.destroy();
  }

  it('sends small requests at once', async () => {
    await open(await loadSocketFactory());
    expect(setNoDelay.mock.calls).toEqual([[true]]);
  });

  it('is needed: kafkajs by itself lets them wait', async () => {
    await open(await importSocketFactory());
    expect(setNoDelay).not.toHaveBeenCalled();
  });
});
