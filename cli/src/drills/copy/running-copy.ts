import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { engineOf } from '../../running/dev/engine-of.js';
import { startRequest } from '../../running/dev/start-request.js';
import { startSystem } from '../../running/dev/start-system.js';
import { stopSystem } from '../../running/dev/stop-system.js';
import { copyEnvironment } from './copy-environment.js';
import { copySystem } from './copy-system.js';
import { setClock } from './clock.js';
import type { ResourceView } from '../../running/engine/snapshot.js';
import type { System } from '../../model/system/system.js';

/** The engine starts a process that ended again after a second at most. */
const REPLACEMENT_TIMEOUT_MS = 60_000;
const START_TIMEOUT_MS = 180_000;
const POLL_MS = 50;

/** A copy of a system that runs, whose processes drills kill and pause. */
export class RunningCopy {
  /** Processes that are paused, by pid. */
  readonly #paused = new Set<number>();

  private constructor(
    readonly system: System,
    private readonly interrupted: AbortSignal,
  ) {}

  /** Makes a copy in `folder`; `start` starts it. */
  static async create(system: System, folder: string, interrupted: AbortSignal): Promise<RunningCopy> {
    return new RunningCopy(await copySystem(system, folder), interrupted);
  }

  async start(): Promise<void> {
    const settings = {
      ...({ mode: 'development', broker: 'embedded', tls: false, watch: false } as const),
      environment: copyEnvironment(process.env),
    };
    const { root } = this.system;
    const request = startRequest(this.system, settings, { names: [], except: [] });
    await startSystem({ root, request, timeoutMs: START_TIMEOUT_MS, interrupted: this.interrupted });
  }

  /** Starts with empty databases and topics. */
  async startOver(): Promise<void> {
    await this.#stop();
    await rm(join(this.system.root, '.msx/kafka'), { recursive: true, force: true });
    for (const service of this.system.services) {
      await setClock(service, 0);
      if (!service.database) continue;
      const file = join(service.folder, service.database.file!);
      for (const suffix of ['', '-wal', '-shm']) await rm(file + suffix, { force: true });
    }
    await this.start();
  }

  /** Ends its processes and removes its files. */
  async destroy(): Promise<void> {
    await this.#stop();
    await rm(this.system.root, { recursive: true, force: true });
  }

  async resources(): Promise<ResourceView[]> {
    return (await engineOf(this.system.root).snapshot({ fresh: true })).resources;
  }

  /** Ends a process with SIGKILL, and waits until the engine has started another one. */
  async kill(name: string): Promise<void> {
    const before = await this.#pidOf(name);
    process.kill(before, 'SIGKILL');
    this.#paused.delete(before);
    const deadline = Date.now() + REPLACEMENT_TIMEOUT_MS;
    while (Date.now() < deadline) {
      this.interrupted.throwIfAborted();
      const pid = await this.#pidOf(name).catch(() => before);
      if (pid !== before) return;
      await pause(POLL_MS);
    }
  }

  /** Stops a process from running, without ending it, until the result is called. */
  async pause(name: string): Promise<() => void> {
    return this.#pause(await this.#pidOf(name));
  }

  /** Ends a process that the engine does not start again until the result is called. */
  async takeAway(name: string): Promise<() => void> {
    const { engine } = await engineOf(this.system.root).snapshot();
    const pid = await this.#pidOf(name);
    const resume = this.#pause(engine.pid);
    process.kill(pid, 'SIGKILL');
    return resume;
  }

  #pause(pid: number): () => void {
    process.kill(pid, 'SIGSTOP');
    this.#paused.add(pid);
    return () => {
      if (this.#paused.delete(pid)) process.kill(pid, 'SIGCONT');
    };
  }

  async #pidOf(name: string): Promise<number> {
    const { resources } = await engineOf(this.system.root).snapshot();
    const pid = resources.find((resource) => resource.name === name)?.pid;
    if (pid === undefined) throw new Error(`${name} has no process`);
    return pid;
  }

  /** A paused engine could not stop anything. */
  async #stop(): Promise<void> {
    for (const pid of this.#paused)
      try {
        process.kill(pid, 'SIGCONT');
      } catch {
        // It has ended.
      }
    this.#paused.clear();
    await stopSystem(this.system.root, { force: true });
  }
}
