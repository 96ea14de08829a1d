import { createServer, connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { describeWhere } from '../../../checks/skipping.fixture.js';
import { DatabaseUnavailable } from './database-outage.js';
import type { Database } from './database.js';
import { createTestDatabase } from './databases.fixture.js';
import type { TestDatabase } from './databases.fixture.js';
import { openDatabase } from './open-database.js';
import { parseDatabaseUrl } from '../config/database-url.js';

const POSTGRES_URL = process.env.TEST_POSTGRES_URL;

describeWhere(POSTGRES_URL, 'needs TEST_POSTGRES_URL')('a PostgreSQL that loses its connections', () => {
  let testDatabase: TestDatabase;
  let relay: Relay;
  let database: Database;
  let admin: Client;

  beforeEach(async () => {
    testDatabase = await createTestDatabase('postgres');
    relay = await Relay.to(new URL(testDatabase.url));
    const address = parseDatabaseUrl(relay.url(testDatabase.url))!;
    database = await openDatabase({ address, entities: [], service: 'lost', production: false });
    admin = new Client(testDatabase.url);
    await admin.connect();
    await admin.query('CREATE TABLE notes (id integer PRIMARY KEY)');
  });

  afterEach(async () => {
    await database.close();
    await admin.end();
    await relay.close();
    await testDatabase.remove();
  });

  /** Ends all connections of the store in the server, as an administrator or a failover does. */
  const terminate = () =>
    admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lost'");
  const insert = (id: number) => database.transaction((tx) => tx.sql`INSERT INTO notes (id) VALUES (${id})`);
  const ids = async () => (await admin.query<{ id: number }>('SELECT id FROM notes ORDER BY id')).rows;

  it('runs a transaction again whose connection breaks before the commit, at any statement', async () => {
    let attempts = 0;
    await database.transaction(async (tx) => {
      await tx.sql`INSERT INTO notes (id) VALUES (1)`;
      if (attempts++ === 0) await terminate();
      await tx.sql`INSERT INTO notes (id) VALUES (2)`;
    });
    expect(attempts).toBe(2);
    expect(await ids()).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('writes at once after all idle connections were ended', async () => {
    await Promise.all([1, 2, 3, 4].map(insert));
    await terminate();
    await Promise.all([5, 6, 7, 8].map(insert));
    expect(await ids()).toHaveLength(8);
  });

  it('does not run it again when the connection breaks during the commit', async () => {
    await admin.query(
      'ALTER TABLE notes ADD CONSTRAINT late FOREIGN KEY (id) REFERENCES notes DEFERRABLE INITIALLY DEFERRED',
    );
    await admin.query(
      "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NULL; END'",
    );
    await admin.query(
      'CREATE CONSTRAINT TRIGGER stops AFTER INSERT ON notes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stop()',
    );
    let attempts = 0;
    const writing = database.transaction((tx) => {
      attempts++;
      return tx.sql`INSERT INTO notes (id) VALUES (1)`;
    });
    writing.catch(() => undefined);
    const sleeping =
      "SELECT 1 FROM pg_stat_activity WHERE application_name = 'lost' AND query = 'COMMIT' AND wait_event = 'PgSleep'";
    while ((await admin.query(sleeping)).rowCount === 0) await new Promise(setImmediate);
    await terminate();
    await expect(writing).rejects.toBeInstanceOf(DatabaseUnavailable);
    expect(attempts).toBe(1);
  });

  it('reports that it is unavailable while the server is away, and works again when it is back', async () => {
    await insert(1);
    await relay.pause();
    const refused = { kind: 'unavailable', reason: 'UNAVAILABLE', metadata: { resource: 'database' } };
    await expect(database.read.query('SELECT 1')).rejects.toMatchObject(refused);
    await expect(insert(2)).rejects.toMatchObject(refused);
    expect(await database.probe()).toMatch(/^The database is unavailable: .*ECONNREFUSED/);
    await relay.resume();
    await insert(2);
    expect(await database.probe()).toBeUndefined();
    expect(await ids()).toHaveLength(2);
  });
});

/** Passes TCP connections on to a server; while it is paused, they are refused, and those there were are cut. */
class Relay {
  private readonly sockets = new Set<Socket>();
  private server!: Server;
  private port = 0;

  private constructor(private readonly target: { host: string; port: number }) {}

  static async to({ hostname, port }: URL): Promise<Relay> {
    const relay = new Relay({ host: hostname, port: Number(port || 5432) });
    await relay.resume();
    return relay;
  }

  url(original: string): string {
    const url = new URL(original);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  async pause(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  async resume(): Promise<void> {
    this.server = createServer((client) => this.pass(client));
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await this.pause();
  }

  private pass(client: Socket): void {
    const server = connect({ ...this.target, timeout: 10_000 });
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    client.pipe(server).pipe(client);
  }
}
