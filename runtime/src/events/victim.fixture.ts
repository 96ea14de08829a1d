import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Life {
  readonly role: 'publisher' | 'consumer';
  readonly url: string;
  readonly broker: string;
  /** The number that a publisher begins with. */
  readonly from?: number;
}

const SCRIPT = fileURLToPath(new URL('./victim-process.fixture.mjs', import.meta.url));

/** A service in a process of its own, to be killed. */
export class Victim {
  private readonly child: ChildProcess;
  private readonly gone: Promise<unknown>;

  constructor(life: Life) {
    const args = [SCRIPT, JSON.stringify({ from: 0, ...life })];
    this.child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.gone = new Promise((resolve) => this.child.once('exit', resolve));
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.gone;
  }

  /** Kills it after so many lines; resolves to all it said until it was gone. */
  async killAfter(lines: number): Promise<number[]> {
    const said: number[] = [];
    for await (const line of createInterface(this.child.stdout!)) {
      said.push(Number(line));
      if (said.length === lines) this.child.kill('SIGKILL');
    }
    await this.gone;
    return said;
  }
}
