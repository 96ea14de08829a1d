import { isUp } from './resource.js';
import type { Report } from './driver.js';
import type { Probe } from './probes/probe.js';
import type { Status } from './resource.js';
import type { Spec } from './spec.js';

/** While a resource is starting, it is probed every 25 ms at first, then after every 3 % of the time it has taken. */
const STARTING = { minMs: 25, share: 0.03, maxMs: 2_000 };
const DEGRADED_MS = 1_000;
const READY_MS = 3_000;
/** A longer gap between two probes means that this process or the whole machine was suspended. */
const MAX_GAP_MS = 5_000;

interface Probing {
  spawnedAt: number;
  timer?: NodeJS.Timeout;
  status: Status;
  pending?: Promise<void>;
  /** The time of the last probe, and for how long probes have been unanswered. */
  probedAt: number;
  silentMs: number;
}

/** Probes everything that is up: often while it is starting, less often afterwards. */
export class ProbeScheduler {
  readonly #probings = new Map<string, Probing>();
  readonly #specs = new Map<string, Spec>();

  constructor(
    private readonly probe: Probe,
    private readonly report: Report,
  ) {}

  /** Starts probing resources that have come up, and stops for those that have gone down. */
  follow(statuses: ReadonlyMap<string, Status>, specs: ReadonlyMap<string, Spec>): void {
    for (const [name, status] of statuses) {
      const spec = specs.get(name)!;
      const probing = this.#probings.get(name);
      if (!spec.probe || !isUp(status) || !hasSpawned(spec, status)) this.#end(name);
      else if (probing?.spawnedAt === status.spawnedAt) probing!.status = status;
      else this.#begin(spec, status);
    }
  }

  /** Probes all of them now. */
  async now(): Promise<void> {
    await Promise.all([...this.#probings.keys()].map((name) => this.#probe(name)));
  }

  #begin(spec: Spec, status: Status): void {
    this.#end(spec.name);
    this.#specs.set(spec.name, spec);
    this.#probings.set(spec.name, {
      spawnedAt: status.spawnedAt!,
      status,
      probedAt: Date.now(),
      silentMs: 0,
    });
    this.#schedule(spec.name);
  }

  #end(name: string): void {
    clearTimeout(this.#probings.get(name)?.timer);
    this.#probings.delete(name);
  }

  #schedule(name: string): void {
    const probing = this.#probings.get(name)!;
    clearTimeout(probing.timer);
    probing.timer = setTimeout(() => void this.#probe(name), intervalOf(probing.status, Date.now()));
  }

  #probe(name: string): Promise<void> {
    const probing = this.#probings.get(name)!;
    probing.pending ??= this.probe(this.#specs.get(name)!.probe!).then((health) => {
      probing.pending = undefined;
      if (this.#probings.get(name) !== probing) return;
      const now = Date.now();
      const gap = now - probing.probedAt;
      const elapsed = gap > MAX_GAP_MS ? 0 : gap;
      probing.silentMs = health ? 0 : probing.silentMs + elapsed;
      probing.probedAt = now;
      this.report({ kind: 'probed', name, health, silentMs: probing.silentMs });
      if (this.#probings.get(name) === probing) this.#schedule(name);
    });
    return probing.pending;
  }
}

/** Before its process has spawned, an answer at its port comes from a foreign process. */
const hasSpawned = ({ run }: Spec, { pid }: Status): boolean => run.driver !== 'process' || pid !== undefined;

function intervalOf({ phase, spawnedAt, since, health }: Status, now: number): number {
  if (phase === 'ready') return health?.degraded ? DEGRADED_MS : READY_MS;
  const elapsed = now - (phase === 'started' ? since : spawnedAt!);
  return Math.min(STARTING.maxMs, Math.max(STARTING.minMs, elapsed * STARTING.share));
}
