import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase } from './open-database.js';
import type { OpenOptions } from './open-database.js';

const PARTS = { entities: [], service: 'test', production: false };

/** A process that writes numbers one by one and prints each after its commit, until it is killed. */
const WRITER = `
  const { openDatabase } = await import(process.argv[1]);
  const address = { driver: 'sqlite', file: process.argv[2] };
  const database = await openDatabase({ address, entities: [], service: 'writer', production: false });
  await database.transaction((tx) => tx.query('CREATE TABLE numbers (n integer PRIMARY KEY)'));
  for (let n = 1; ; n++) {
    await database.transaction((tx) => tx.query('INSERT INTO numbers (n) VALUES (' + n + ')'));
    process.stdout.write(n + '\\n');
    await new Promise(setImmediate);
  }`;

describe('openDatabase', () => {
  let directory: string;

  beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'runtime-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const open = (address: OpenOptions['address'], timeoutMs = 300) =>
    openDatabase({ ...PARTS, address, timeoutMs });

  it('names a file that cannot be opened', async () => {
    const file = join(directory, 'text.db');
    writeFileSync(file, 'this is not a database, and longer than a database header: '.repeat(20));
    const opening = open({ driver: 'sqlite', file });
    await expect(opening).rejects.toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      message: expect.stringContaining(file),
    });
  });

  it('retries a server that does not answer, then names it without its password', async () => {
    const port = await closedPort();
    const url = `postgres://app:hunter2@127.0.0.1:${port}/shop`;
    const began = Date.now();
    const error = await open({ driver: 'postgres', url, at: `127.0.0.1:${port}/shop` }).catch(
      (e: Error) => e,
    );
    expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    expect(String(error)).toContain(`PostgreSQL at 127.0.0.1:${port}/shop`);
    expect(String(error)).not.toContain('hunter2');
    expect(Date.now() - began).toBeGreaterThanOrEqual(300);
  });

  it('loses no committed data when the process is killed', async () => {
    const file = join(directory, 'numbers.db');
    const module = new URL('../../dist/database/open-database.js', import.meta.url).href;
    const writer = spawn(process.execPath, ['--input-type=module', '-e', WRITER, module, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = 0;
    for await (const line of createInterface(writer.stdout)) {
      printed = Number(line);
      if (printed === 50) writer.kill('SIGKILL');
    }
    const database = await open({ driver: 'sqlite', file });
    const rows = (await database.read.query('SELECT count(*) AS count, max(n) AS last FROM numbers')) as {
      count: number;
      last: number;
    }[];
    await database.close();
    expect(printed).toBeGreaterThanOrEqual(50);
    expect(rows[0]!.last).toBeGreaterThanOrEqual(printed);
    expect(rows[0]!.count).toBe(rows[0]!.last);
  });
});

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
