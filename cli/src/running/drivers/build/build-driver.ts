import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { membersOf } from '../../processes/process-table.js';
import { endProcesses, signalGroup } from '../process/end-group.js';
import { openRunLog } from '../process/run-log.js';
import { runToken } from '../process/run-token.js';
import { buildReport, exitOf } from './build-report.js';
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

/** Builds what is requested together in one batch, and one batch after the other, since they write to the same folders. */
export class BuildDriver implements Driver {
  #waiting: Task[] = [];
  #batch: Batch | undefined;
  #started = 0;

  constructor(
    private readonly report: Report,
    private readonly token: string,
  ) {}

  start({ name, run }: Spec, version: number): void {
    this.#waiting.push({ name, version, run: run as BuildRun, stopping: false });
    setImmediate(() => this.#next());
  }

  /** A batch is only cancelled once all its tasks are stopped. */
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
    const log = openRunLog({ log: run.log }, constants.O_TRUNC);
    if ('refusal' in log) return this.#fail(batch, log.refusal);
    const [command, ...args] = run.argv as [string, ...string[]];
    const child = spawn(command, [...args, ...batch.tasks.map((task) => task.run.argument)], {
      cwd: run.cwd,
      env: { ...run.env, MSX_RUN_TOKEN: runToken(this.token, 'build', ++this.#started) },
      stdio: ['ignore', 'pipe', log.fd],
      detached: true,
    });
    log.close();
    batch.pid = child.pid;
    let stdout = '';
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.once('error', ({ message }) => this.#fail(batch, { code: 'SPAWN_FAILED', message }));
    // A cancelled build may have started a compiler meanwhile, which would go on writing.
    child.once('close', (code, signal) => {
      const end = () => this.#end(batch, buildReport(stdout, code, signal));
      if (child.pid) void endProcesses(membersOf(child.pid), 0).then(end);
    });
  }

  #fail(batch: Batch, reason: Exit['reason']): void {
    this.#end(batch, { built: [], culprits: [], exit: { code: null, signal: null, reason } });
  }

  /** A failure counts for the tasks at fault, or for all if that is unknown; the others are done. */
  #end(batch: Batch, { built, exit, culprits }: BuildReport): void {
    if (this.#batch !== batch) return;
    this.#batch = undefined;
    for (const { name, version, run } of batch.tasks) {
      const atFault = culprits.length === 0 || culprits.includes(run.argument);
      if (exit && atFault) this.report({ kind: 'failed', name, exit: exitOf(exit, run.argument) });
      else this.report({ kind: 'completed', name, version, changed: built.includes(run.argument) });
    }
    this.#next();
  }
}
