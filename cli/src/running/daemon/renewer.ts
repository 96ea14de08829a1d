import { spawn } from 'node:child_process';
import type { Renewal } from '../engine/spec.js';

/** Enough to wait for a build; afterwards the next one may run. */
const TIMEOUT_MS = 600_000;

/** Runs a command that reads the current msx.yaml and sends the engine a start request: one at a time. */
export class Renewer {
  #renewal: Renewal | undefined;
  #running = false;
  #again = false;

  setCommand(renewal: Renewal | undefined): void {
    this.#renewal = renewal;
  }

  renew(): void {
    this.#again = this.#running;
    if (!this.#renewal || this.#running) return;
    this.#running = true;
    const { argv, cwd, env } = this.#renewal;
    const [command, ...args] = argv as [string, ...string[]];
    // Its errors go to the log of the engine; the result is visible in the state of the engine.
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: TIMEOUT_MS,
    });
    child.once('error', () => this.#ended()).once('exit', () => this.#ended());
  }

  #ended(): void {
    this.#running = false;
    if (this.#again) this.renew();
  }
}
