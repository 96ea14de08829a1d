import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { portRefusal } from './port-refusal.js';
import { hasSocketTable } from './socket-table.js';
import type { AddressInfo, Server, Socket } from 'node:net';
import { describeWhere } from '../../../../../checks/skipping.fixture.js';

/** Such ports are only detected with a table of sockets; other systems allow listening on them. */
const where = describeWhere(hasSocketTable, 'this system has no table of sockets in /proc');

where('a port that a connection uses', () => {
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

  it('is waited for, naming its process, until it is released', async () => {
    const events: unknown[] = [];
    const run = { name: 'alpha', run: { ports: [port] }, stopping: false };
    const refusal = await portRefusal(run, (event) => {
      events.push(event);
      // A reset leaves nothing behind.
      connection.resetAndDestroy();
    });
    const reason = new RegExp(
      `^port ${port} is in use by a connection of .*node.* \\(pid ${process.pid}\\)$`,
    );
    expect({ refusal, first: events[0], last: events.at(-1) }).toEqual({
      refusal: undefined,
      first: { kind: 'delayed', name: 'alpha', reason: expect.stringMatching(reason) },
      last: { kind: 'delayed', name: 'alpha', reason: undefined },
    });
  });

  it('is refused when the run is stopped', async () => {
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
