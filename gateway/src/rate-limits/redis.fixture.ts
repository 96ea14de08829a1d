import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe } from '@jest/globals';

const isInstalled = spawnSync('redis-server', ['--version']).status === 0;

/** `describe` for tests with a real Redis; skipped with the reason if none is installed. */
export const describeWithRedis = (title: string, tests: () => void): void =>
  isInstalled
    ? describe(title, tests)
    : describe.skip(`${title} (skipped: redis-server is not installed)`, tests);

/** A real Redis in memory, which keeps its port across restarts. */
export class RedisServer {
  private server: ChildProcess | undefined;
  private port = 0;

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Resolves once it accepts connections. */
  async start(...settings: string[]): Promise<void> {
    this.port ||= await freePort();
    const own = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.server = spawn('redis-server', [...own, ...settings], { stdio: 'ignore' });
    process.once('exit', () => void this.server?.kill('SIGKILL'));
    while (!(await accepts(this.port))) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Like a power failure: connections break. */
  async kill(): Promise<void> {
    if (!this.server) return;
    const ended = once(this.server, 'exit');
    this.server.kill('SIGKILL');
    await ended;
    this.server = undefined;
  }

  /** Like a network partition: connections stay open, but get no response. */
  freeze(): void {
    this.server!.kill('SIGSTOP');
  }

  thaw(): void {
    this.server!.kill('SIGCONT');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy() !== undefined));
    socket.once('error', () => resolve(false));
  });
}
