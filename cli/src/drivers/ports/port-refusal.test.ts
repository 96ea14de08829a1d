import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { portRefusal } from './port-refusal.js';
import { hasSocketTable } from './socket-table.js';
import type { AddressInfo, Server, Socket } from 'node:net';

/** Only where the system says so is such a port waited for; elsewhere one can listen on it. */
const where = hasSocketTable ? describe : describe.skip;

where('a port that a connection has', () => {
  let server: Server;
  let connection: Socket;
  let port: number;

  beforeEach(async () => {
    server = createServer((socket) => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    connection = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await once(connection, 'connect');
    port = connection.localPort!;
  });
  afterEach(() => (connection.destroy(), server.close()) && undefined);

  it('is waited for, saying whose it is, until it is given back', async () => {
    const said: unknown[] = [];
    const say = (reason: string | undefined) => {
      said.push(reason);
      // A reset leaves nothing behind.
      connection.resetAndDestroy();
    };
    expect(await portRefusal('alpha', [port], { isOver: () => false, say })).toBeUndefined();
    expect(said[0]).toMatch(
      new RegExp(`^port ${port} is in use by a connection of .*node.* \\(pid ${process.pid}\\)$`),
    );
    expect(said.at(-1)).toBeUndefined();
  });

  it('is refused when nobody waits any longer', async () => {
    connection.end();
    await once(connection, 'close');
    const said: unknown[] = [];
    const over = { isOver: () => said.length > 1, say: (reason?: string) => void said.push(reason) };
    expect(await portRefusal('alpha', [port], over)).toMatchObject({
      code: 'PORT_HELD',
      facts: { wantedBy: 'alpha', port, connection: 'a connection that is closing' },
    });
  });
});
