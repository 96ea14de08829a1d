import { desire } from './desire.js';
import { plan } from './plan.js';
import { ProbeScheduler } from './probe-scheduler.js';
import { reduce } from './reduce.js';
import { isUp, newStatus } from './resource.js';
import { snapshotOf } from './snapshot.js';
import type { Command } from './desire.js';
import type { Drivers } from './driver.js';
import type { Action, Plan } from './plan.js';
import type { Probe } from './probes/probe.js';
import type { Event } from './reduce.js';
import type { World } from './resource.js';
import type { Snapshot } from './snapshot.js';
import type { Spec } from './spec.js';

/** How long a run may take to exit before it is killed; also applies to a shutdown as a whole. */
const GRACE_MS = 4_000;
/** The least time for the resources that stop last in a shutdown. */
const MIN_GRACE_MS = 300;

type Listener = (snapshot: Snapshot) => void;

/** The only stateful part: reduces events, plans, and turns the plan into calls of the drivers. */
export class Engine {
  readonly #specs = new Map<string, Spec>();
  /** The spec that each resource was last started with; it may have been redefined since. */
  readonly #started = new Map<string, Spec>();
  readonly #probes: ProbeScheduler;
  readonly #listeners = new Set<Listener>();
  readonly #startedAt = Date.now();
  readonly #queue: Event[] = [];
  #world: World = {
    resources: this.#specs,
    desired: { wanted: new Set(), revisions: new Map() },
    statuses: new Map(),
    now: this.#startedAt,
  };
  /** The world that listeners were last notified about. */
  #notified = this.#world;
  #model: Snapshot['model'];
  #shutdownAt: number | undefined;
  #forced = false;
  #settling = false;
  #wake: NodeJS.Timeout | undefined;

  constructor(
    private readonly drivers: Drivers,
    probe: Probe,
  ) {
    this.#probes = new ProbeScheduler(probe, (event) => this.report(event));
  }

  /**
   * Sets the resources: those that are running continue as they were started. @returns the names of those that are no
   * longer among them
   */
  define(specs: Spec[]): string[] {
    const statuses = new Map(this.#world.statuses);
    for (const spec of specs) {
      this.#specs.set(spec.name, spec);
      if (!statuses.has(spec.name)) statuses.set(spec.name, newStatus(Date.now()));
    }
    this.#world = { ...this.#world, statuses };
    const names = new Set(specs.map(({ name }) => name));
    return [...this.#specs.keys()].filter((name) => !names.has(name));
  }

  /** Sets the state of the model, which is part of every snapshot. */
  setModel(model: Snapshot['model']): void {
    if (JSON.stringify(model) === JSON.stringify(this.#model)) return;
    this.#model = model;
    this.#notify(true);
  }

  /** `completed`: tasks that the client has found to be up to date. */
  command(command: Command, completed: string[] = []): void {
    this.#shutdownAt = command.kind === 'shutdown' ? (this.#shutdownAt ?? Date.now()) : undefined;
    this.#forced = 'force' in command && command.force === true;
    const outdated = [...this.outdated().keys()];
    const full = command.kind === 'start' ? { ...command, completed, outdated } : command;
    this.#world = { ...this.#world, desired: desire(this.#world, full) };
    const { resources } = this.snapshot();
    for (const { name, target, phase } of resources)
      if (completed.includes(name) && (phase === 'idle' || phase === 'exited'))
        this.#queue.push({ kind: 'completed', name, version: target, changed: false });
    this.#settle();
    if (this.#forced) this.#killStopping();
  }

  /** Resources that run, or crashed with, another program than a start would run now, with that program. */
  outdated(): Map<string, string | undefined> {
    const programs = [...this.#specs.values()].map((spec) => [spec.name, this.#programOf(spec)] as const);
    return new Map(programs.filter(([name, program]) => this.#isOutdated(name, program)));
  }

  report(event: Event): void {
    this.#queue.push(event);
    this.#settle();
  }

  snapshot(): Snapshot {
    const world = { ...this.#world, now: Date.now() };
    const engine = { pid: process.pid, startedAt: this.#startedAt };
    return { engine, model: this.#model, ...snapshotOf(world, this.#specs, this.#started) };
  }

  /** A snapshot after probing everything that is up. */
  async freshSnapshot(): Promise<Snapshot> {
    await this.#probes.now();
    return this.snapshot();
  }

  /** Calls back after every change. @returns a function that unsubscribes */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves with the first snapshot that matches, including the current one. */
  until(matches: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
    return new Promise((resolve) => {
      const check = (snapshot: Snapshot) => matches(snapshot) && (end(), resolve(snapshot));
      const end = this.onChange(check);
      check(this.snapshot());
    });
  }

  /** Whether nothing is up and nothing is requested. */
  isIdle(): boolean {
    const down = [...this.#world.statuses.values()].every(
      ({ phase }) => phase === 'idle' || phase === 'exited',
    );
    return down && this.#world.desired.wanted.size === 0;
  }

  /** Drivers may report from within a call, so events queue while one is handled. */
  #settle(): void {
    if (this.#settling) return;
    this.#settling = true;
    let next: Plan;
    do {
      for (let event = this.#queue.shift(); event; event = this.#queue.shift()) this.#reduce(event);
      this.#world = { ...this.#world, now: Date.now() };
      next = plan(this.#world);
      for (const action of next.actions) this.#act(action);
    } while (next.actions.length > 0 || this.#queue.length > 0);
    this.#settling = false;
    this.#sleepUntilRetry(next);
    this.#probes.follow(this.#world.statuses, this.#specs);
    this.#notify();
  }

  #reduce(event: Event): void {
    const { statuses } = this.#world;
    const status = statuses.get(event.name);
    const next = status && reduce(status, event, Date.now());
    if (next === undefined || next === status) return;
    this.#world = { ...this.#world, statuses: new Map(statuses).set(event.name, next) };
  }

  #act(action: Action): void {
    if (action.kind === 'start') {
      const spec = this.#specs.get(action.name)!;
      this.#started.set(action.name, spec);
      this.#reduce({ kind: 'starting', name: action.name, version: action.version });
      this.drivers[spec.run.driver].start(spec, action.version);
    } else {
      this.#reduce({ kind: 'stopping', name: action.name, silent: action.silent });
      this.#driverOf(action.name).stop(action.name, this.#grace());
    }
  }

  #isOutdated(name: string, program: string | undefined): boolean {
    const status = this.#world.statuses.get(name)!;
    const isDue = isUp(status) || status.phase === 'exited';
    return isDue && status.program !== undefined && program !== status.program;
  }

  #programOf = (spec: Spec): string | undefined => this.drivers[spec.run.driver].programOf?.(spec);

  /** The driver of the current run. */
  #driverOf = (name: string) => this.drivers[this.#started.get(name)!.run.driver];

  /** Kills the runs that are still in their grace period. */
  #killStopping(): void {
    for (const [name, { phase }] of this.#world.statuses)
      if (phase === 'stopping') this.#driverOf(name).kill(name);
  }

  #grace(): number {
    if (this.#forced) return 0;
    if (this.#shutdownAt === undefined) return GRACE_MS;
    return Math.max(MIN_GRACE_MS, this.#shutdownAt + GRACE_MS - Date.now());
  }

  #sleepUntilRetry({ holds }: Plan): void {
    const retries = [...holds.values()].flatMap((hold) => (hold.kind === 'back-off' ? [hold.retryAt] : []));
    clearTimeout(this.#wake);
    if (retries.length === 0) return;
    this.#wake = setTimeout(() => this.#settle(), Math.max(1, Math.min(...retries) - Date.now()));
  }

  #notify(always = false): void {
    const { statuses, desired } = this.#world;
    if (!always && statuses === this.#notified.statuses && desired === this.#notified.desired) return;
    this.#notified = this.#world;
    const snapshot = this.snapshot();
    for (const listener of this.#listeners) listener(snapshot);
  }
}
