import { spawn } from 'node:child_process';
import { portRefusal } from '../ports/port-refusal.js';
import { endProcesses, signalGroup } from './end-group.js';
import { runFailure } from './run-failure.js';
import { boundLogs } from './cut-log.js';
import { hasProc, identityOf, membersOf, processesMarked } from '../../processes/process-table.js';
import { programOf } from './program-of.js';
import { markOf, runToken } from './run-token.js';
import { fullDisk, openRunLog } from './run-log.js';
import { UsageMeter } from './usage-meter.js';
import type { ChildProcess } from 'node:child_process';
import type { Driver, Report, Usage } from '../../engine/driver.js';
import type { Exit } from '../../engine/resource.js';
import type { ProcessRun, Spec } from '../../engine/spec.js';
import type { WrittenLog } from './cut-log.js';
import type { Identity } from '../../processes/process-table.js';

const SAMPLE_MS = 5_000;
/** What has left the group of a run that has ended may take this long to end by itself. */
const DETACHED_MS = 1_000;

/** A process that was started, as it is remembered for whoever must end it after this engine. */
export interface ProcessRecord extends Identity {
  name: string;
  port?: number;
  log: string;
}

interface Run {
  name: string;
  run: ProcessRun;
  child?: ChildProcess;
  /** In the environment of everything it starts. */
  token?: string;
  /** Where in the log the run begins. */
  logFrom: number;
  stopping: boolean;
  killer?: NodeJS.Timeout;
}

interface Options {
  report: Report;
  /** Marks the environment of everything that is started. */
  token: string;
  /** Called, before anything else happens, whenever these have changed. */
  remember: (records: ProcessRecord[]) => void;
}

/** Runs resources as processes, each at the head of its own group. */
export class ProcessDriver implements Driver {
  readonly #runs = new Map<string, Run>();
  readonly #records = new Map<string, ProcessRecord>();
  readonly #meter = new UsageMeter();
  #begun = 0;

  constructor(private readonly options: Options) {
    boundLogs(() => this.#logs());
    // Elsewhere the operating system itself remembers what was used lately.
    if (hasProc) setInterval(() => void this.#meter.sample(this.#pids()), SAMPLE_MS).unref();
  }

  start(spec: Spec): void {
    const run: Run = { name: spec.name, run: spec.run as ProcessRun, logFrom: 0, stopping: false };
    this.#runs.set(spec.name, run);
    void this.#start(run).catch((error: Error) =>
      this.#fail(run, { code: 'INTERNAL', message: error.message }),
    );
  }

  stop(name: string, graceMs: number): void {
    const run = this.#runs.get(name)!;
    const pid = run.child?.pid;
    run.stopping = true;
    if (!pid) return;
    signalGroup(pid, 'SIGTERM');
    run.killer = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs);
  }

  kill(name: string): void {
    const { child } = this.#runs.get(name)!;
    if (child?.pid) signalGroup(child.pid, 'SIGKILL');
  }

  programOf({ run }: Spec): string | undefined {
    return programOf(run as ProcessRun);
  }

  usage(): Promise<Map<string, Usage>> {
    return this.#meter.usage(this.#pids());
  }

  async #start(run: Run): Promise<void> {
    const refusal = await portRefusal(run, this.options.report);
    if (run.stopping) this.#end(run, { code: null, signal: null });
    else if (refusal) this.#fail(run, refusal);
    else this.#spawn(run);
  }

  #spawn(run: Run): void {
    const opened = openRunLog(run.run);
    if ('refusal' in opened) return this.#fail(run, opened.refusal);
    run.logFrom = opened.size;
    const child = this.#process(run, opened.fd);
    opened.close();
    child.once('error', (error) => this.#fail(run, { code: 'SPAWN_FAILED', message: error.message }));
    child.once('exit', (code, signal) => void this.#exited(run, { code, signal }));
    if (child.pid) this.#spawned(run, child.pid);
  }

  /** No two runs have the same token: what one has started is told from what its successor has. */
  #process(run: Run, fd: number): ChildProcess {
    const { cwd, argv, env } = run.run;
    const [command, ...args] = argv as [string, ...string[]];
    run.token = runToken(this.options.token, run.name, ++this.#begun);
    run.child = spawn(command, args, {
      cwd,
      env: { ...env, MSX_RUN_TOKEN: run.token },
      stdio: ['ignore', fd, fd],
      detached: true,
    });
    return run.child;
  }

  #spawned({ name, run }: Run, pid: number): void {
    const startTime = identityOf(pid)?.startTime ?? '';
    this.#records.set(name, { name, pid, startTime, port: run.ports[0], log: run.log });
    this.#remember();
    this.options.report({ kind: 'spawned', name, pid, program: programOf(run) });
  }

  /** What the process leaves behind goes with it: its group, and what has left that but carries its mark. */
  async #exited(run: Run, exit: Exit): Promise<void> {
    const group = run.child!.pid!;
    if (membersOf(group).length > 0) signalGroup(group, 'SIGKILL');
    const detached = processesMarked(markOf(run.token!));
    if (detached.length > 0) await endProcesses(detached, DETACHED_MS);
    this.#end(run, run.stopping ? exit : { ...exit, ...this.#runFailure(run) });
  }

  #runFailure({ run: { log }, logFrom }: Run): Pick<Exit, 'reason' | 'lastLines'> {
    const words = runFailure(log, logFrom);
    return words.reason ? words : { ...words, reason: fullDisk(log) };
  }

  #end(run: Run, exit: Exit): void {
    this.#forget(run);
    this.options.report({ kind: 'exited', name: run.name, exit });
  }

  #fail(run: Run, reason: Exit['reason']): void {
    this.#forget(run);
    this.options.report({ kind: 'failed', name: run.name, exit: { code: null, signal: null, reason } });
  }

  /** What crashed stays on record until it runs again or is stopped. */
  #forget({ name, killer, stopping }: Run): void {
    clearTimeout(killer);
    this.#runs.delete(name);
    if (stopping && this.#records.delete(name)) this.#remember();
  }

  /** Each leads the group of what it has started itself. */
  #pids(): Map<string, number> {
    const runs = [...this.#runs.values()].flatMap(({ name, child }) =>
      child?.pid ? [{ name, pid: child.pid }] : [],
    );
    return new Map(runs.map(({ name, pid }) => [name, pid]));
  }

  #logs(): WrittenLog[] {
    return [...this.#runs.values()].flatMap(({ run: { log }, child }) =>
      child?.pid ? [{ log, group: child.pid }] : [],
    );
  }

  #remember(): void {
    this.options.remember([...this.#records.values()]);
  }
}
