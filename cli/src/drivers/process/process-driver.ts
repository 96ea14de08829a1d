import { spawn } from 'node:child_process';
import { portRefusal } from '../ports/port-refusal.js';
import { signalGroup } from './end-group.js';
import { lastWords } from './last-words.js';
import { boundLog } from './log-file.js';
import { hasProc, identityOf, membersOf } from './process-table.js';
import { programOf } from './program-of.js';
import { openRunLog } from './run-log.js';
import { Standby } from './standby.js';
import { UsageMeter } from './usage-meter.js';
import type { ChildProcess } from 'node:child_process';
import type { Driver, Report, Usage } from '../../engine/driver.js';
import type { Exit } from '../../engine/resource.js';
import type { ProcessRun, Spec } from '../../engine/spec.js';
import type { Identity } from './process-table.js';

const BOUND_LOGS_MS = 5_000;
const SAMPLE_MS = 5_000;

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
  readonly #standbys = new Map<string, Standby>();
  readonly #records = new Map<string, ProcessRecord>();
  readonly #meter = new UsageMeter();

  constructor(private readonly options: Options) {
    setInterval(() => this.#boundLogs(), BOUND_LOGS_MS).unref();
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

  /** Ends what was only on standby. */
  close(): void {
    for (const name of this.#standbys.keys()) this.discard(name);
  }

  async #start(run: Run): Promise<void> {
    const refusal = await portRefusal(run, this.options.report);
    if (run.stopping) this.#end(run, { code: null, signal: null });
    else if (refusal) this.#fail(run, refusal);
    else this.#spawn(run);
  }

  prepare({ name, run }: Spec): void {
    const { preload, log } = run as ProcessRun;
    if (!preload || this.#standbys.has(name)) return;
    const opened = openRunLog(log);
    if ('refusal' in opened) return;
    this.#standbys.set(name, new Standby(this.#marked(run as ProcessRun), preload, opened.fd));
    opened.close();
  }

  discard(name: string): void {
    this.#standbys.get(name)?.end();
    this.#standbys.delete(name);
  }

  #spawn(run: Run): void {
    const opened = openRunLog(run.run.log);
    if ('refusal' in opened) return this.#fail(run, opened.refusal);
    run.logFrom = opened.size;
    const child = (run.child = this.#fromStandby(run.name) ?? this.#process(run.run, opened.fd));
    opened.close();
    child.once('error', (error) => this.#fail(run, { code: 'SPAWN_FAILED', message: error.message }));
    child.once('exit', (code, signal) => this.#exited(run, { code, signal }));
    if (child.pid) this.#spawned(run, child.pid);
  }

  #process(run: ProcessRun, fd: number): ChildProcess {
    const { cwd, argv, env } = this.#marked(run);
    const [command, ...args] = argv as [string, ...string[]];
    return spawn(command, args, { cwd, env, stdio: ['ignore', fd, fd], detached: true });
  }

  #fromStandby(name: string): ChildProcess | undefined {
    const child = this.#standbys.get(name)?.release();
    this.#standbys.delete(name);
    return child;
  }

  #marked = ({ cwd, argv, env }: ProcessRun) => ({
    cwd,
    argv,
    env: { ...env, MSX_RUN_TOKEN: this.options.token },
  });

  #spawned({ name, run }: Run, pid: number): void {
    const startTime = identityOf(pid)?.startTime ?? '';
    this.#records.set(name, { name, pid, startTime, port: run.ports[0], log: run.log });
    this.#remember();
    this.options.report({ kind: 'spawned', name, pid, program: programOf(run) });
  }

  /** What the process leaves behind in its group goes with it. */
  #exited(run: Run, exit: Exit): void {
    const group = run.child!.pid!;
    if (membersOf(group).length > 0) signalGroup(group, 'SIGKILL');
    this.#end(run, run.stopping ? exit : { ...exit, ...lastWords(run.run.log, run.logFrom) });
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

  #remember(): void {
    this.options.remember([...this.#records.values()]);
  }

  #boundLogs(): void {
    for (const { run } of this.#runs.values())
      try {
        boundLog(run.log);
      } catch {
        // A log that cannot be cut now, on a full disk say, is cut later.
      }
  }
}
