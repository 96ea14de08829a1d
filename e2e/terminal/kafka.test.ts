import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../shop-copy.fixture.js';
import { usual } from './conditions.fixture.js';
import { expectSane } from './faults.fixture.js';
import { Terminal } from './terminal.fixture.js';

jest.setTimeout(60_000);

describe('the commands for Kafka, on a terminal of 80 columns', () => {
  let folder: string;
  let broker: ChildProcess;
  let terminal: Terminal;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'msx-terminal-kafka-'));
    broker = spawn(process.execPath, [join(repository, 'cli/dist/broker.js'), '--port', '0']);
    const port = await portOf(broker);
    const env = { KAFKA_BROKERS: `127.0.0.1:${port}` };
    terminal = await Terminal.open({ cwd: folder, columns: usual.columns, rows: usual.rows, env });
    await terminal.run(`alias msx='${process.execPath} ${join(repository, 'cli/bin/run.js')}'`);
  });
  afterAll(async () => {
    await terminal?.close();
    broker.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const shows = async (line: string, text: RegExp, exit = 0) => {
    const run = await terminal.run(line);
    expectSane(run, usual, { exit });
    expect(run.lines.map((each) => each.text).join('\n')).toMatch(text);
  };

  it('list, describe and read a topic', async () => {
    await shows('msx topics create order.created.some-long-service-name.dlq -p 2', /^created order/m);
    await shows(`msx topics produce order.created.some-long-service-name.dlq '{"n":1}' -k k`, /^wrote 1 /m);
    await shows('msx topics list', /^order\.created\.some-long-service-name\.dlq +2 +1$/m);
    await shows('msx topics describe order.created.some-long-service-name.dlq', /^1 +0 +\d +\d/m);
    await shows('msx topics tail order.created.some-long-service-name.dlq', /\d:0 {2}k\n {2}\{"n":1\}$/m);
    await shows('msx broker status', /^ +topics +1, partitions: 2, messages: 1$/m);
  });

  it('follow a topic until Ctrl-C, without a word', async () => {
    terminal.start('msx topics tail order.created.some-long-service-name.dlq -f');
    await terminal.waitFor(/\{"n":1\}\s*$/);
    terminal.press('ctrl-c');
    expectSane(await terminal.end(), usual, { exit: 0 });
  });

  it('ask before a group is reset, after showing what changes', async () => {
    const reset = 'msx groups reset workers --topic order.created.some-long-service-name.dlq --to latest';
    for (const [answer, expected] of [
      ['n', /\[y\/N\] n\s*$/],
      ['y', /^reset workers, partitions: 2$/m],
    ] as const) {
      terminal.start(reset);
      await terminal.waitFor(/Move 2 offsets of workers\? \[y\/N\]$/);
      terminal.type(`${answer}\r`);
      const run = await terminal.end();
      expectSane(run, usual, { exit: 0 });
      const text = run.lines.map((line) => line.text).join('\n');
      expect(text).toMatch(/^TOPIC +PARTITION +COMMITTED +TO$/m);
      expect(text).toMatch(expected);
    }
    await shows('msx groups describe workers', /^workers {2}Empty, classic protocol, lag 0$/m);
  });
});

async function portOf(broker: ChildProcess): Promise<number> {
  for await (const line of createInterface(broker.stdout!)) {
    const { port } = JSON.parse(line) as { port?: number };
    if (port === undefined) continue;
    broker.stdout!.resume();
    return port;
  }
  throw new Error('the broker did not start');
}
