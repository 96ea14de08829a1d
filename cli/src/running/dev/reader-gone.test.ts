import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { ToySystem, areFree, isRunning } from './toy-system.fixture.js';
import type { AddressInfo } from 'node:net';

const program = join(import.meta.dirname, '../../../bin/run.js');

let toys: ToySystem;
afterEach(() => toys.destroy());

/** The first line of a command that runs until its reader is gone; resolves once the command has exited. */
async function firstLineOf(...args: string[]): Promise<{ line: string; stderr: string }> {
  const script = '"$@" | head -n 1';
  const shell = spawn('sh', ['-c', script, 'sh', process.execPath, program, ...args], {
    cwd: toys.root,
    env: { PATH: process.env['PATH']!, TMPDIR: toys.temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [line, stderr] = [shell.stdout, shell.stderr].map((stream) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    return () => text;
  });
  await once(shell, 'close', { signal: AbortSignal.timeout(40_000) });
  return { line: line!(), stderr: stderr!() };
}

/** A gateway that sends the first event of a subscription (graphql-transport-ws), and no other. */
async function gatewayOfOneEvent() {
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    handleProtocols: (offered) => [...offered][0]!,
  });
  await once(server, 'listening');
  server.on('connection', (socket) =>
    socket.on('message', (text) => {
      const { type, id } = JSON.parse(String(text)) as { type: string; id?: string };
      if (type === 'connection_init') socket.send(JSON.stringify({ type: 'connection_ack' }));
      if (type === 'subscribe')
        socket.send(JSON.stringify({ type: 'next', id, payload: { data: { tick: 1 } } }));
    }),
  );
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    close: () => {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

describe('a command that runs forever, whose reader is gone', () => {
  it('exits: logs -f, proto gen --watch, gql with a subscription', async () => {
    toys = await ToySystem.create({ alpha: 'well' });
    await toys.report('dev', 'start');
    const gateway = await gatewayOfOneEvent();
    const lines = await Promise.all([
      firstLineOf('logs', '-f'),
      firstLineOf('proto', 'gen', '--watch'),
      firstLineOf('gql', '--json', '--url', gateway.url, 'subscription { tick }'),
    ]);
    gateway.close();
    expect(lines.map(({ line }) => line)).toEqual([
      expect.stringContaining('version 1'),
      expect.stringMatching(/^(generated|all stubs)/),
      '{"data":{"tick":1}}\n',
    ]);
  });

  it('stops the system and reports that: dev start --attach', async () => {
    toys = await ToySystem.create({ alpha: 'well' });
    const { stderr } = await firstLineOf('dev', 'start', '--attach');
    expect(stderr).toMatch(/^stopped alpha in \d/m);
    expect(toys.pids.filter(isRunning)).toEqual([]);
    expect(await areFree(toys.ports)).toBe(true);
  });
});

describe('dev start', () => {
  it('reports that its socket cannot be created in a temporary folder without write permission', async () => {
    toys = await ToySystem.create({ alpha: 'well' });
    toys.temporary = join(toys.root, 'msx.yaml');
    expect(await toys.failure('dev', 'start')).toMatchObject({
      exitCode: 1,
      code: 'SOCKET_FOLDER_UNUSABLE',
      suggestion: expect.stringContaining('MSX_RUNTIME_DIR='),
    });
  });

  it('prints on Ctrl-C with --attach what it stops, and then the result', async () => {
    toys = await ToySystem.create({ alpha: 'well' });
    const attached = toys.follow(toys.spawnMsx('dev', 'start', '--attach'));
    await new Promise<void>((resolve) =>
      attached.child.stdout!.on('data', () => attached.output().includes('Ctrl-C stops') && resolve()),
    );
    attached.child.kill('SIGINT');
    expect((await attached.ended).output).toMatch(/stopping alpha…[^]*stopped alpha in \d/);
  });
});
