import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Server, TlsOptions } from 'node:tls';
import type { Address } from '../broker.js';
import type { Log } from '../log-line.js';
import { Connection, type ConnectionLimits, type FrameHandler } from './connection.js';
import type { ConnectionQuotas, QuotaListener } from './connection-quotas.js';
import { WaitingLine } from './waiting-line.js';

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
  readonly quotas: ConnectionQuotas;
  /** Whether it is the listener between brokers, of several. */
  readonly isProtected: boolean;
  /** With these, clients must use TLS. */
  readonly tls?: TlsOptions;
}

/** The module is loaded only for TLS: it takes a megabyte of memory. */
const createTlsServer = (tls: TlsOptions) =>
  process.getBuiltinModule('node:tls').createServer({ ...tls, handshakeTimeout: TLS_HANDSHAKE_TIMEOUT_MS });

/** Listens on an address; port 0 picks a free port. Rejects with the system error on failure. */
export const listen = async ({ host, port }: Address, acceptor: Acceptor): Promise<Listener> => {
  const { limits } = acceptor;
  const sockets = new Set<Socket>();
  const server = createServer();
  const line = lineFor(acceptor);
  server.maxConnections = MAX_CONNECTIONS;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    line.join(socket);
  });
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
    line.close();
    dropConnections();
    await closed;
  };
  return { port: (server.address() as AddressInfo).port, dropConnections, close };
};

/** The connections of a listener that wait; those that are admitted speak TLS where the listener has it. */
const lineFor = ({ limits, quotas, isProtected, tls, handler }: Acceptor): WaitingLine => {
  const { log } = limits;
  const connections = new Set<Connection>();
  const serve = (socket: Socket): void => {
    const connection = new Connection(socket, handler(), limits);
    connections.add(connection);
    socket.on('close', () => connections.delete(connection));
  };
  const secure = tls && secured(tls, serve, log);
  const admit = (socket: Socket): void => (secure ? void secure.emit('connection', socket) : serve(socket));
  const listener: QuotaListener = { isProtected, connections: () => connections, wake: () => line.advance() };
  const line = new WaitingLine({ quotas, listener, log, now: () => performance.now(), admit });
  quotas.add(listener);
  return line;
};

/** What makes TLS connections of those that a listener has accepted. */
const secured = (tls: TlsOptions, serve: (socket: Socket) => void, log: Log): Server => {
  const server = createTlsServer(tls);
  server.on('secureConnection', serve);
  server.on('tlsClientError', ({ message }: Error, { remoteAddress }: Socket) =>
    log('warn', 'TLS handshake failed', { client: remoteAddress, err: message }),
  );
  return server;
};
