import { staleServices } from '../../code/build/stale.js';
import { fingerprintOf } from '../../code/build/fingerprint.js';
import { tasksOf } from '../engine/explain.js';
import { ModelWatch } from '../../model/system/model-change.js';
import { FileWatcher } from '../watching/file-watcher.js';
import type { Engine } from '../engine/loop.js';
import type { ResourceView, Snapshot } from '../engine/snapshot.js';
import type { Watch } from '../engine/spec.js';
import type { ModelChange } from '../../model/system/model-change.js';
import type { Service, System } from '../../model/system/system.js';

/** Interval of checks without an event; extended so that checks take at most a fiftieth of the time. */
const CHECK_INTERVAL_MS = 3_000;
const MIN_PAUSE_FACTOR = 50;

/** What to follow: the model of the run and, with `--watch`, its sources. */
export interface FollowedFiles {
  system: System;
  sources?: Watch[];
}

/** The state of a service at the last check. */
interface ServiceState {
  inputs: string;
  stale: boolean;
}

type Runs = Pick<Engine, 'snapshot' | 'outdated' | 'command' | 'setModel'>;

/**
 * Compares what runs with the files on disk, by the hashes that determine what is stale: after every edit, and
 * periodically, since no watcher sees everything. With `--watch` it has changed services rebuilt and restarted.
 */
export class Edits {
  readonly #watcher = new FileWatcher(() => this.check());
  #files: FollowedFiles | undefined;
  #model: ModelWatch | undefined;
  #change: ModelChange | undefined;
  #states = new Map<string, ServiceState>();
  #restarted = new Map<string, string | undefined>();
  #timer: NodeJS.Timeout | undefined;

  /** `renew`: sends a start request for the changed msx.yaml. */
  constructor(
    private readonly engine: Runs,
    private readonly renew: () => void,
  ) {}

  follow(files: FollowedFiles): void {
    this.#files = files;
    this.#model = new ModelWatch(files.system);
    this.#states = new Map();
    this.#restarted = this.engine.outdated();
    const model = { folder: files.system.root, names: ['msx.yaml'] };
    void this.#watcher.follow([model, ...(files.sources ?? [])]).then(() => this.check());
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#watcher.close();
  }

  check(): void {
    const began = Date.now();
    clearTimeout(this.#timer);
    try {
      this.#check();
    } catch {
      // A file that disappears during the check is being edited at this moment: the next check sees the result.
    }
    const pause = Math.max(CHECK_INTERVAL_MS, MIN_PAUSE_FACTOR * (Date.now() - began));
    this.#timer = setTimeout(() => this.check(), pause);
  }

  #check(): void {
    if (!this.#files) return;
    const { system, sources } = this.#files;
    const before = this.engine.snapshot();
    const change = this.#model!.check();
    this.engine.setModel(change);
    if (!sources) return;
    if (change && change !== this.#change && !change.problem) this.renew();
    this.#change = change;
    const wanted = before.resources.filter((view) => view.wanted && view.kind === 'service');
    const services = system.services.filter(({ name }) => wanted.some((view) => view.name === name));
    const stale = new Set(staleServices(system, services));
    const edited = services.flatMap((service) => this.#editedBy(service, before, stale.has(service)));
    if (edited.length > 0) this.engine.command({ kind: 'edited', names: edited });
  }

  /** What has to be rerun: the tasks of a service if their inputs have changed, the service if only its own have. */
  #editedBy(service: Service, snapshot: Snapshot, stale: boolean): string[] {
    const { name } = service;
    const tasks = tasksOf(
      snapshot,
      snapshot.resources.find((view) => view.name === name)!,
    );
    const now: ServiceState = { inputs: fingerprintOf(this.#files!.system, service), stale };
    const previous = this.#states.get(name);
    this.#states.set(name, now);
    if (needsBuild({ now, previous, tasks })) return tasks.map((task) => task.name);
    return !stale && tasks.every(isDone) && this.#isOutdated(name) ? [name] : [];
  }

  /** Only once per program, so that one that cannot start is not retried forever. */
  #isOutdated(name: string): boolean {
    const outdated = this.engine.outdated();
    const program = outdated.get(name);
    const wasRestarted = this.#restarted.has(name) && this.#restarted.get(name) === program;
    this.#restarted.set(name, program);
    return outdated.has(name) && !wasRestarted;
  }
}

interface BuildState {
  now: ServiceState;
  previous: ServiceState | undefined;
  tasks: ResourceView[];
}

/** Not if the inputs are unchanged since a build that is in progress or has failed; but if a completed build is stale. */
function needsBuild({ now, previous, tasks }: BuildState) {
  if (!previous) return now.stale && tasks.every(isDone);
  const changed = now.inputs !== previous.inputs || now.stale !== previous.stale;
  return changed && (now.stale || tasks.some(({ gaveUp }) => gaveUp));
}

const isDone = ({ completed, target }: ResourceView): boolean => completed === target;
