import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { Address } from '../broker.js';
import { Connection, type ConnectionLimits, type FrameHandler } from './connection.js';

/** Further connections are closed at once. */
const MAX_CONNECTIONS = 10_000;
const TLS_HANDSHAKE_TIMEOUT_MS = 10_000;

export interface Listener {
  readonly port: number;
  /** Closes all connections; new ones are accepted. */
  dropConnections(): void;
  /** Closes all connections and stops listening. */
  close(): Promise<void>;
}

export interface Acceptor {
  /** Each connection has its own handler, which may remember what was said before. */
  handler(): FrameHandler;
  readonly limits: ConnectionLimits;
  /** With these, clients must use TLS. */
  readonly tls?: TlsOptions;
}

/** The module is loaded only for TLS: it takes a megabyte of memory. */
const createTlsServer = (tls: TlsOptions) =>
  process.getBuiltinModule('node:tls').createServer({ ...tls, handshakeTimeout: TLS_HANDSHAKE_TIMEOUT_MS });

/** Listens on an address; port 0 picks a free port. Rejects with the system error on failure. */
export const listen = async ({ host, port }: Address, acceptor: Acceptor): Promise<Listener> => {
  const { limits, tls } = acceptor;
  const sockets = new Set<Socket>();
  const server = tls ? createTlsServer(tls) : createServer();
  server.maxConnections = MAX_CONNECTIONS;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    new Connection(socket, acceptor.handler(), limits);
  });
  server.on('tlsClientError', ({ message }: Error, { remoteAddress }: Socket) =>
    limits.log('warn', 'TLS handshake failed', { client: remoteAddress, err: message }),
  );
  server.on('drop', (dropped) =>
    limits.log('warn', 'too many connections', { client: dropped?.remoteAddress, max: MAX_CONNECTIONS }),
  );
  server.listen(port, host);
  await once(server, 'listening');
  const dropConnections = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    dropConnections();
    await closed;
  };
  return { port: (server.address() as AddressInfo).port, dropConnections, close };
};
