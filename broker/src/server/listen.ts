import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { Address } from '../broker.js';
import { Connection, type FrameHandler } from './connection.js';
import type { Log } from '../log-line.js';

export interface Listener {
  readonly port: number;
  /** Closes all connections; new ones are accepted. */
  dropConnections(): void;
  /** Closes all connections and stops listening. */
  close(): Promise<void>;
}

/** Listens on an address; port 0 picks a free port. Rejects with the system error on failure. */
export const listen = async (
  { host, port }: Address,
  answer: FrameHandler,
  limits: { maxFrame: number; log: Log },
): Promise<Listener> => {
  const connections = new Set<Connection>();
  const server = createServer((socket) => {
    const connection = new Connection(socket, answer, limits);
    connections.add(connection);
    socket.on('close', () => connections.delete(connection));
  });
  server.listen(port, host);
  await once(server, 'listening');
  const dropConnections = (): void => {
    for (const connection of connections) connection.close();
  };
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    dropConnections();
    await closed;
  };
  return { port: (server.address() as AddressInfo).port, dropConnections, close };
};
