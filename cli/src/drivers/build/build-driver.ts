import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { signalGroup } from '../process/end-group.js';
import { lastWords } from '../process/last-words.js';
import { openRunLog } from '../process/run-log.js';
import type { Driver, Report } from '../../engine/driver.js';
import type { Exit } from '../../engine/resource.js';
import type { BuildRun, Spec } from '../../engine/spec.js';

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
      this.#fail(waiting, { code: null, signal: null });
      return;
    }
    const { tasks, pid } = this.#batch!;
    tasks.find((task) => task.name === name)!.stopping = true;
    if (pid && tasks.every(({ stopping }) => stopping)) signalGroup(pid, 'SIGTERM');
  }

  #next(): void {
    if (this.#batch || this.#waiting.length === 0) return;
    const tasks = this.#waiting.splice(0);
    const { argv, cwd, env, log } = tasks[0]!.run;
    const batch: Batch = (this.#batch = { tasks });
    const opened = openRunLog(log, constants.O_TRUNC);
    if ('refusal' in opened) return this.#end(batch, { code: null, signal: null, reason: opened.refusal });
    const [command, ...args] = [...argv, ...tasks.map(({ run }) => run.argument)] as [string, ...string[]];
    const stdio = ['ignore', opened.fd, opened.fd] as const;
    const marked = { ...env, MSX_RUN_TOKEN: this.token };
    const child = spawn(command, args, { cwd, env: marked, stdio: [...stdio], detached: true });
    opened.close();
    batch.pid = child.pid;
    child.once('error', ({ message }) =>
      this.#end(batch, { code: null, signal: null, reason: { code: 'SPAWN_FAILED', message } }),
    );
    child.once('exit', (code, signal) => this.#end(batch, { code, signal, ...lastWords(log, 0) }));
  }

  #end(batch: Batch, exit: Exit): void {
    this.#batch = undefined;
    for (const task of batch.tasks)
      if (exit.code === 0)
        this.report({ kind: 'completed', name: task.name, version: task.version, changed: true });
      else this.#fail(task, exit);
    this.#next();
  }

  #fail({ name }: Task, exit: Exit): void {
    this.report({ kind: 'failed', name, exit });
  }
}
