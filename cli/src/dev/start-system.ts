import { NoEngine } from '../engine/control/client.js';
import { explain, sentence } from '../engine/explain.js';
import { progressOf } from '../engine/progress.js';
import { MsxError } from '../errors/msx-error.js';
import { wish } from './connect-engine.js';
import { engineOf } from './engine-of.js';
import { engineGone } from './engine-gone.js';
import { startError } from './start-error.js';
import type { Wish } from '../engine/control/server.js';
import type { ResourceView, Snapshot } from '../engine/snapshot.js';

export interface Waiting {
  timeoutMs: number;
  /** A person's Ctrl-C. */
  interrupted: AbortSignal;
  onSnapshot?: (snapshot: Snapshot, targets: string[]) => void;
}

export interface StartOptions extends Waiting {
  root: string;
  wish: Wish;
  engineFile?: string;
  /** Told what this call brings up: tasks, too. */
  onAdded?: (added: string[]) => void;
}

export interface Started {
  snapshot: Snapshot;
  /** What was not wanted before this call. */
  added: string[];
  targets: string[];
  /** Those targets that were wanted, and yet had to begin anew: what they ran was stale, or had been given up. */
  restarted: string[];
}

/**
 * Starts what is wished for and waits until all of it has started. Whatever keeps it from that, a failure, the
 * time or a person, ends what this call has brought up, and nothing else. Throws errors of the catalogue.
 */
export async function startSystem(options: StartOptions): Promise<Started> {
  const { root, interrupted, engineFile: file } = options;
  const { added, at, snapshot } = await wish(root, options.wish, { file, interrupted });
  options.onAdded?.(added);
  const targets = targetsOf(snapshot, options.wish);
  try {
    const last = await untilStarted(root, targets, options);
    const begun = last.resources.filter(({ spawnedAt = 0 }) => spawnedAt >= at).map(({ name }) => name);
    const restarted = targets.filter((name) => begun.includes(name) && !added.includes(name));
    return { added, targets, restarted, snapshot: last };
  } catch (error) {
    await undo(root, added);
    throw error;
  }
}

/** All that was asked for and is no task. */
function targetsOf({ resources }: Snapshot, { start, except = [] }: Wish): string[] {
  const wanted = resources.filter(({ kind, wanted }) => kind === 'service' && wanted).map(({ name }) => name);
  const asked = new Set(start);
  for (const name of asked)
    for (const next of usedBy(resources.find((view) => view.name === name)!)) asked.add(next);
  return wanted.filter((name) => asked.has(name) && !except.includes(name));
}

const usedBy = ({ needs, calls }: ResourceView): string[] => [...needs.map(({ on }) => on), ...calls];

/** Resolves when all of these have started; throws why they will not, did not in time, or need not any more. */
export async function untilStarted(root: string, targets: string[], waiting: Waiting): Promise<Snapshot> {
  const { timeoutMs, interrupted, onSnapshot } = waiting;
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(timeoutMs)]);
  let last: Snapshot | undefined;
  try {
    for await (const snapshot of engineOf(root).events(signal)) {
      last = snapshot;
      onSnapshot?.(snapshot, targets);
      if (!targets.every((name) => isWanted(snapshot, name))) throw stoppedMeanwhile();
      const progress = targets.map((name) => progressOf(snapshot, name));
      const failed = progress.flatMap((each) => (each.state === 'failed' ? [each.culprit] : []));
      if (failed.length > 0) throw startError(failed);
      if (progress.every(({ state }) => state === 'done')) return snapshot;
    }
  } catch (error) {
    if (!signal.aborted && !(error instanceof NoEngine)) throw error;
  }
  if (interrupted.aborted) throw new MsxError('INTERRUPTED', {});
  if (!signal.aborted || !last) throw stoppedMeanwhile();
  const late = targets.filter((name) => progressOf(last, name).state !== 'done');
  const reasons = late.map((name) => sentence(explain(last, name)));
  throw new MsxError('START_TIMEOUT', { seconds: timeoutMs / 1_000, waiting: reasons });
}

const isWanted = ({ resources }: Snapshot, name: string) =>
  resources.some((view) => view.name === name && view.wanted);

const stoppedMeanwhile = () => new MsxError('ENGINE_LOST', { reason: 'it was ended meanwhile' });

async function undo(root: string, added: string[]): Promise<void> {
  if (added.length === 0) return;
  try {
    const { engine, resources } = await engineOf(root).stop(added);
    // It leaves when nothing is wanted: what comes next is not to meet it on its way out.
    if (!resources.some(({ wanted }) => wanted)) await engineGone(engine.pid);
  } catch (error) {
    if (!(error instanceof NoEngine)) throw error;
  }
}
