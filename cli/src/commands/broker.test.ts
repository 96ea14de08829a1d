import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityOf, isAlive } from '../running/processes/process-table.js';
import { msx } from '../shop-copy.fixture.js';

jest.setTimeout(60_000);

let folder: string;
let port: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'msx-broker-'));
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = String((server.address() as AddressInfo).port);
  server.close();
  await once(server, 'close');
});
afterEach(() => broker('stop'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A run outside of any system, with the records of brokers in a folder of its own. */
const broker = (...args: string[]) =>
  execa(process.execPath, [msx, 'broker', ...args], {
    ...{ cwd: folder, reject: false, timeout: 30_000, stdin: 'ignore' },
    env: { NODE_OPTIONS: '', NODE_ENV: '', KAFKA_BROKERS: '', MSX_RUNTIME_DIR: join(folder, 'run') },
  });
const json = async <T>(...args: string[]): Promise<T> =>
  JSON.parse((await broker(...args, '--json')).stdout) as T;

interface Background {
  readonly address: string;
  readonly pid: number;
  readonly log: string;
}

describe('msx broker, in the background', () => {
  it('starts once, is shown, and stops', async () => {
    const started = await json<Background>('start', '--detach', '--port', port, '--tls');
    expect(started).toMatchObject({
      address: `127.0.0.1:${port}`,
      listeners: [`ssl://127.0.0.1:${Number(port) + 1}`],
    });
    const process_ = identityOf(started.pid)!;
    expect(await json('start', '--detach', '--port', port, '--tls')).toMatchObject({ pid: started.pid });
    expect(await json('start', '--detach', '--port', port)).toMatchObject({
      error: { code: 'BROKER_RUNNING', exitCode: 1 },
    });
    // It is the only one, so no address is needed.
    expect(await json('status')).toMatchObject({
      ...{ address: started.address, log: started.log, process: { pid: started.pid } },
    });
    expect(isAlive(process_)).toBe(true);
    expect(await json('stop')).toEqual({ stopped: [started.address] });
    expect(isAlive(process_)).toBe(false);
    expect(existsSync(started.log)).toBe(false);
    expect((await broker('stop', '--port', port)).stdout).toBe(
      `no broker is running in the background at port ${port}`,
    );
  });

  it('tells why it does not start, and leaves nothing behind', async () => {
    await json('start', '--detach', '--port', port, '--data', 'kafka');
    expect(await json('start', '--detach', '--port', '0', '--data', 'kafka')).toMatchObject({
      error: { code: 'BROKER_FAILED', details: { code: 'DATA_LOCKED' } },
    });
    expect(await json('start', '--detach', '--port', '0', '--log-level', 'error')).toHaveProperty('pid');
    expect(await json('start', '--detach', '--port', '0', '--set', 'nonsense')).toMatchObject({
      error: { code: 'BROKER_FAILED', details: { code: 'CONFIG_INVALID' } },
    });
    expect(await json('stop', '--port', port)).toEqual({ stopped: [`127.0.0.1:${port}`] });
  });

  it('starts again after it was killed', async () => {
    const { pid, log } = await json<Background>('start', '--detach', '--port', port);
    const killed = identityOf(pid)!;
    process.kill(pid, 'SIGKILL');
    while (isAlive(killed)) await new Promise(setImmediate);
    expect(await json('stop')).toEqual({ stopped: [] });
    expect(existsSync(log)).toBe(true);
    const again = await json<Background>('start', '--detach', '--port', port);
    expect(again.pid).not.toBe(pid);
    expect([existsSync(again.log), existsSync(log)]).toEqual([true, false]);
  });
});
