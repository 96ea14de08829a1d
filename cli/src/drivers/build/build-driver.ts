import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { signalGroup } from '../process/end-group.js';
import { openRunLog } from '../process/run-log.js';
import { buildReport } from './build-report.js';
import type { Driver, Report } from '../../engine/driver.js';
import type { Exit } from '../../engine/resource.js';
import type { BuildRun, Spec } from '../../engine/spec.js';
import type { BuildReport } from './build-report.js';

interface Task {
  name: string;
  version: number;
  run: BuildRun;
  stopping: boolean;
}

interface Batch {
  tasks: Task[];
  pid?: number;
}

/** Makes what is asked for together in one go, and one batch after the other: they write to the same folders. */
export class BuildDriver implements Driver {
  #waiting: Task[] = [];
  #batch: Batch | undefined;

  constructor(
    private readonly report: Report,
    private readonly token: string,
  ) {}

  start({ name, run }: Spec, version: number): void {
    this.#waiting.push({ name, version, run: run as BuildRun, stopping: false });
    setImmediate(() => this.#next());
  }

  /** A batch is broken off only when nothing of it is wanted any more. */
  stop(name: string): void {
    const waiting = this.#waiting.find((task) => task.name === name);
    if (waiting) {
      this.#waiting = this.#waiting.filter((task) => task !== waiting);
      this.report({ kind: 'failed', name, exit: { code: null, signal: null } });
      return;
    }
    const { tasks, pid } = this.#batch!;
    tasks.find((task) => task.name === name)!.stopping = true;
    if (pid && tasks.every(({ stopping }) => stopping)) signalGroup(pid, 'SIGTERM');
  }

  kill(): void {
    const { tasks = [], pid } = this.#batch ?? {};
    if (pid && tasks.every(({ stopping }) => stopping)) signalGroup(pid, 'SIGKILL');
  }

  #next(): void {
    if (this.#batch || this.#waiting.length === 0) return;
    const batch: Batch = (this.#batch = { tasks: this.#waiting.splice(0) });
    const { run } = batch.tasks[0]!;
    const log = openRunLog(run.log, constants.O_TRUNC);
    if ('refusal' in log) return this.#impossible(batch, log.refusal);
    const [command, ...args] = run.argv as [string, ...string[]];
    const child = spawn(command, [...args, ...batch.tasks.map((task) => task.run.argument)], {
      cwd: run.cwd,
      env: { ...run.env, MSX_RUN_TOKEN: this.token },
      stdio: ['ignore', 'pipe', log.fd],
      detached: true,
    });
    log.close();
    batch.pid = child.pid;
    let stdout = '';
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.once('error', ({ message }) => this.#impossible(batch, { code: 'SPAWN_FAILED', message }));
    child.once('close', (code, signal) => this.#end(batch, buildReport(stdout, code, signal)));
  }

  #impossible(batch: Batch, reason: Exit['reason']): void {
    this.#end(batch, { built: [], culprits: [], exit: { code: null, signal: null, reason } });
  }

  /** A failure is theirs whose fault it was, or all's when nobody can tell; the others are done. */
  #end(batch: Batch, { built, exit, culprits }: BuildReport): void {
    if (this.#batch !== batch) return;
    this.#batch = undefined;
    for (const { name, version, run } of batch.tasks) {
      const guilty = culprits.length === 0 || culprits.includes(run.argument);
      if (exit && guilty) this.report({ kind: 'failed', name, exit });
      else this.report({ kind: 'completed', name, version, changed: built.includes(run.argument) });
    }
    this.#next();
  }
}
