import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { bundledScript } from '../service/bundled-script.fixture.js';

export interface KillableServiceOptions {
  readonly role: 'publisher' | 'consumer';
  readonly url: string;
  readonly broker: string;
  /** The first number of a publisher. */
  readonly from?: number;
}

const SCRIPT = fileURLToPath(new URL('./killable-service-process.fixture.mjs', import.meta.url));

/** A service in a separate process, for tests to kill. */
export class KillableService {
  private static script?: string;
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;

  constructor(options: KillableServiceOptions) {
    const script = (KillableService.script ??= bundledScript(SCRIPT));
    const args = [script, JSON.stringify({ from: 0, ...options })];
    this.child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.exited = new Promise((resolve) => this.child.once('exit', resolve));
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  /** Kills it after this number of lines; resolves to all lines printed until its exit. */
  async killAfter(lines: number): Promise<number[]> {
    const printed: number[] = [];
    for await (const line of createInterface(this.child.stdout!)) {
      printed.push(Number(line));
      if (printed.length === lines) this.child.kill('SIGKILL');
    }
    await this.exited;
    return printed;
  }
}
