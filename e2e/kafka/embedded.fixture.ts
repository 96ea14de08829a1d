import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './infra.fixture.js';

const entry = join(root, 'cli/dist/broker.js');

/** The embedded broker as a process, as `msx dev start` runs it. */
export class EmbeddedBroker {
  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
    readonly data: string,
  ) {}

  /** @throws Error with what the process says when it does not start */
  static async start(data: string, port = 0, options: readonly string[] = []): Promise<EmbeddedBroker> {
    const args = [entry, '--data', data, '--port', String(port), ...options];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, NODE_ENV: 'development' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`the broker exited with ${code}`)),
    );
    exit.catch(() => {});
    return new EmbeddedBroker(child, await Promise.race([listening(child), exit]), data);
  }

  /** With SIGTERM, after which everything is on the disk, or with SIGKILL, as a crash. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exit = once(this.process, 'exit');
    this.process.kill(signal);
    await exit;
  }
}

async function listening({ stdout }: ChildProcess): Promise<number> {
  for await (const text of createInterface(stdout!)) {
    const line = JSON.parse(text) as { msg: string; port?: number };
    // The rest of its log is not of interest, but has to be read for the process to go on.
    if (line.msg === 'listening') {
      stdout!.resume();
      return line.port!;
    }
  }
  return new Promise(() => {});
}
