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
    const run = { name: 'alpha', run: { ports: [port] }, stopping: false };
    const refusal = await portRefusal(run, (event) => {
      said.push(event);
      // A reset leaves nothing behind.
      connection.resetAndDestroy();
    });
    const whose = new RegExp(`^port ${port} is in use by a connection of .*node.* \\(pid ${process.pid}\\)$`);
    expect({ refusal, first: said[0], last: said.at(-1) }).toEqual({
      refusal: undefined,
      first: { kind: 'delayed', name: 'alpha', reason: expect.stringMatching(whose) },
      last: { kind: 'delayed', name: 'alpha', reason: undefined },
    });
  });

  it('is refused when nobody waits any longer', async () => {
    connection.end();
    await once(connection, 'close');
    const run = { name: 'alpha', run: { ports: [port] }, stopping: false };
    const refusal = portRefusal(run, () => (run.stopping = true));
    expect(await refusal).toMatchObject({
      code: 'PORT_HELD',
      facts: { wantedBy: 'alpha', port, connection: 'a connection that is closing' },
    });
  });
});
