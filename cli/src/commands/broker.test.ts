import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

interface Status {
  readonly address: string;
  readonly system?: string;
  readonly others: readonly Status[];
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
    appendFileSync(started.log, `${'x'.repeat(99)}\n`.repeat(110_000));
    while (!existsSync(`${started.log}.1`)) await new Promise(setImmediate);
    expect(statSync(started.log).size).toBeLessThan(1_000_000);
    expect(isAlive(process_)).toBe(true);
    expect(await json('stop')).toEqual({ stopped: [started.address] });
    expect(isAlive(process_)).toBe(false);
    expect([started.log, `${started.log}.1`].filter((file) => existsSync(file))).toEqual([]);
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

  it('is shown beside the broker of a system, also if that does not run', async () => {
    const { address } = await json<Background>('start', '--detach', '--port', port);
    const other = await json<Background>('start', '--detach', '--port', '0');
    const at = (brokerPort: number) =>
      writeFileSync(
        join(folder, 'msx.yaml'),
        `name: toy\nbroker: { port: ${brokerPort} }\nservices: {}\ntopics: {}\n`,
      );
    try {
      at(1);
      const beside = await json<Status>('status');
      expect(new Set([beside.address, beside.others[0]!.address])).toEqual(new Set([address, other.address]));
      expect(beside.others[1]).toMatchObject({
        address: '127.0.0.1:1',
        error: { code: 'KAFKA_UNREACHABLE' },
      });
      at(Number(port));
      const own = await json<Status>('status');
      expect(own).toMatchObject({ address, system: 'toy', others: [{ address: other.address }] });
      expect((await broker('status')).stdout).toMatch(/^Kafka at [^]+ system +toy[^]+\n\nKafka at /);
    } finally {
      rmSync(join(folder, 'msx.yaml'));
    }
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
