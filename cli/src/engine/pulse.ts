import { isUp } from './resource.js';
import type { Report } from './driver.js';
import type { Probe } from './probes/probe.js';
import type { Status } from './resource.js';
import type { Spec } from './spec.js';

/** While a resource comes up it is asked every 25 ms at first, then after every 3 % of the time it has taken. */
const COMING_UP = { leastMs: 25, share: 0.03, mostMs: 2_000 };
const DEGRADED_MS = 1_000;
const READY_MS = 3_000;

interface Beat {
  spawnedAt: number;
  timer?: NodeJS.Timeout;
  status: Status;
  asking?: Promise<void>;
}

/** Asks everything that is up how it is: often while that is news, seldom afterwards. */
export class Pulse {
  readonly #beats = new Map<string, Beat>();
  readonly #specs = new Map<string, Spec>();

  constructor(
    private readonly probe: Probe,
    private readonly report: Report,
  ) {}

  /** Begins with what has come up and ends with what has gone down. */
  follow(statuses: ReadonlyMap<string, Status>, specs: ReadonlyMap<string, Spec>): void {
    for (const [name, status] of statuses) {
      const spec = specs.get(name)!;
      const beat = this.#beats.get(name);
      if (!spec.probe || !isUp(status)) this.#end(name);
      else if (beat?.spawnedAt === status.spawnedAt) beat!.status = status;
      else this.#begin(spec, status);
    }
  }

  /** Asks all of them now. */
  async now(): Promise<void> {
    await Promise.all([...this.#beats.keys()].map((name) => this.#ask(name)));
  }

  #begin(spec: Spec, status: Status): void {
    this.#end(spec.name);
    this.#specs.set(spec.name, spec);
    this.#beats.set(spec.name, { spawnedAt: status.spawnedAt!, status });
    this.#schedule(spec.name);
  }

  #end(name: string): void {
    clearTimeout(this.#beats.get(name)?.timer);
    this.#beats.delete(name);
  }

  #schedule(name: string): void {
    const beat = this.#beats.get(name)!;
    clearTimeout(beat.timer);
    beat.timer = setTimeout(() => void this.#ask(name), intervalOf(beat.status, Date.now()));
  }

  #ask(name: string): Promise<void> {
    const beat = this.#beats.get(name)!;
    beat.asking ??= this.probe(this.#specs.get(name)!.probe!).then((health) => {
      beat.asking = undefined;
      if (this.#beats.get(name) !== beat) return;
      this.report({ kind: 'probed', name, health });
      if (this.#beats.get(name) === beat) this.#schedule(name);
    });
    return beat.asking;
  }
}

function intervalOf({ phase, spawnedAt, since, health }: Status, now: number): number {
  if (phase === 'ready') return health?.degraded ? DEGRADED_MS : READY_MS;
  const taken = now - (phase === 'started' ? since : spawnedAt!);
  return Math.min(COMING_UP.mostMs, Math.max(COMING_UP.leastMs, taken * COMING_UP.share));
}
