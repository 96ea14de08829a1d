import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** Stands before a server as the network does: counts connections, and breaks them off. */
export class Relay {
  connections = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((client) => this.relay(client));

  constructor(private readonly target: number) {}

  async listen(): Promise<number> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  /** As if the machine behind it lost its power. */
  cut(): void {
    this.server.close();
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  private relay(client: Socket): void {
    this.connections++;
    const server = connect(this.target, '127.0.0.1');
    client.pipe(server).pipe(client);
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
    }
  }
}
