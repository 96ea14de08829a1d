import { desire } from './desire.js';
import { plan } from './plan.js';
import { Pulse } from './pulse.js';
import { reduce } from './reduce.js';
import { isUp, newStatus } from './resource.js';
import { snapshotOf } from './snapshot.js';
import type { Command } from './desire.js';
import type { Drivers } from './driver.js';
import type { Action, Plan } from './plan.js';
import type { Probe } from './probes/probe.js';
import type { Event } from './reduce.js';
import type { Status, World } from './resource.js';
import type { Snapshot } from './snapshot.js';
import type { Spec } from './spec.js';

/** A run may take this long to end before it is killed; a shutdown as a whole, too. */
const GRACE_MS = 4_000;
/** What ends last in a shutdown still gets this long. */
const LEAST_GRACE_MS = 300;

type Listener = (snapshot: Snapshot) => void;

/** The only stateful piece: events in, reduced, planned, and out again as calls of the drivers. */
export class Engine {
  readonly #specs = new Map<string, Spec>();
  readonly #pulse: Pulse;
  readonly #listeners = new Set<Listener>();
  readonly #startedAt = Date.now();
  readonly #queue: Event[] = [];
  #world: World = {
    resources: this.#specs,
    desired: { wanted: new Set(), revisions: new Map() },
    statuses: new Map(),
    now: this.#startedAt,
  };
  /** What the listeners have last been told of. */
  #told = this.#world;
  #shutdownAt: number | undefined;
  #forced = false;
  #settling = false;
  #wake: NodeJS.Timeout | undefined;

  constructor(
    private readonly drivers: Drivers,
    probe: Probe,
  ) {
    this.#pulse = new Pulse(probe, (event) => this.report(event));
  }

  /** Makes resources known, or known anew: what runs already goes on as it was started. */
  define(specs: Spec[]): void {
    const statuses = new Map(this.#world.statuses);
    for (const spec of specs) {
      this.#specs.set(spec.name, spec);
      if (!statuses.has(spec.name)) statuses.set(spec.name, newStatus(Date.now()));
    }
    this.#world = { ...this.#world, statuses };
  }

  /** `completed`: tasks that the person who asks has found to have nothing to do. */
  command(command: Command, completed: string[] = []): void {
    this.#shutdownAt = command.kind === 'shutdown' ? (this.#shutdownAt ?? Date.now()) : undefined;
    this.#forced = 'force' in command && command.force === true;
    const told = command.kind === 'start' ? { ...command, completed, outdated: this.outdated() } : command;
    this.#world = { ...this.#world, desired: desire(this.#world, told) };
    const { resources } = this.snapshot();
    for (const { name, target, phase } of resources)
      if (completed.includes(name) && (phase === 'idle' || phase === 'exited'))
        this.#queue.push({ kind: 'completed', name, version: target, changed: false });
    this.#settle();
    if (this.#forced) this.#killStopping();
  }

  /** What runs another program than a start would run now. */
  outdated(): string[] {
    return [...this.#specs.values()].filter((spec) => this.#isOutdated(spec)).map(({ name }) => name);
  }

  report(event: Event): void {
    this.#queue.push(event);
    this.#settle();
  }

  snapshot(): Snapshot {
    const world = { ...this.#world, now: Date.now() };
    return { engine: { pid: process.pid, startedAt: this.#startedAt }, ...snapshotOf(world, this.#specs) };
  }

  /** A snapshot for which everything that is up has just been asked how it is. */
  async freshSnapshot(): Promise<Snapshot> {
    await this.#pulse.now();
    return this.snapshot();
  }

  /** Calls back after every change; answers what ends that. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves with the first snapshot that is as told, the present one included. */
  until(isSo: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
    return new Promise((resolve) => {
      const check = (snapshot: Snapshot) => isSo(snapshot) && (end(), resolve(snapshot));
      const end = this.onChange(check);
      check(this.snapshot());
    });
  }

  /** Whether nothing is up and nothing shall be. */
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
    this.#pulse.follow(this.#world.statuses, this.#specs);
    this.#tell();
  }

  #reduce(event: Event): void {
    const { statuses } = this.#world;
    const status = statuses.get(event.name);
    const next = status && reduce(status, event, Date.now());
    if (next === undefined || next === status) return;
    this.#world = { ...this.#world, statuses: new Map(statuses).set(event.name, next) };
    this.#provide(event.name, next);
  }

  /** What is ready may be made anew any time; what has ended for good will not be. */
  #provide(name: string, { phase }: Status): void {
    const spec = this.#specs.get(name)!;
    const driver = this.drivers[spec.run.driver];
    if (phase === 'ready') driver.prepare?.(spec);
    if (phase === 'idle' && !this.#world.desired.wanted.has(name)) driver.discard?.(name);
  }

  #act(action: Action): void {
    const spec = this.#specs.get(action.name)!;
    const driver = this.drivers[spec.run.driver];
    if (action.kind === 'start') {
      this.#reduce({ kind: 'starting', name: action.name, version: action.version });
      driver.start(spec, action.version);
    } else {
      this.#reduce({ kind: 'stopping', name: action.name });
      driver.stop(action.name, this.#grace());
    }
  }

  #isOutdated(spec: Spec): boolean {
    const status = this.#world.statuses.get(spec.name)!;
    if (!isUp(status) || status.program === undefined) return false;
    return this.drivers[spec.run.driver].programOf?.(spec) !== status.program;
  }

  /** Those that were given time before nobody had any more. */
  #killStopping(): void {
    for (const [name, { phase }] of this.#world.statuses)
      if (phase === 'stopping') this.drivers[this.#specs.get(name)!.run.driver].kill(name);
  }

  #grace(): number {
    if (this.#forced) return 0;
    if (this.#shutdownAt === undefined) return GRACE_MS;
    return Math.max(LEAST_GRACE_MS, this.#shutdownAt + GRACE_MS - Date.now());
  }

  #sleepUntilRetry({ holds }: Plan): void {
    const retries = [...holds.values()].flatMap((hold) => (hold.kind === 'back-off' ? [hold.retryAt] : []));
    clearTimeout(this.#wake);
    if (retries.length === 0) return;
    this.#wake = setTimeout(() => this.#settle(), Math.max(1, Math.min(...retries) - Date.now()));
  }

  #tell(): void {
    const { statuses, desired } = this.#world;
    if (statuses === this.#told.statuses && desired === this.#told.desired) return;
    this.#told = this.#world;
    const snapshot = this.snapshot();
    for (const listener of this.#listeners) listener(snapshot);
  }
}
