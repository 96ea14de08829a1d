import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { brokerFile } from '../../installation.js';

/** The embedded broker in a process of its own, on a free port, with its data in memory. */
export class TestBroker {
  private constructor(
    readonly address: string,
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  /** The built broker: a test has to build it first, as every run of msx does. */
  static async start(): Promise<TestBroker> {
    const child = spawn(process.execPath, [brokerFile, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface(child.stdout)) {
      const { port } = JSON.parse(line) as { port?: number };
      if (port === undefined) continue;
      child.stdout.resume();
      return new TestBroker(`127.0.0.1:${port}`, port, child);
    }
    throw new Error('the broker did not start');
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}
