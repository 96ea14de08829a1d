import { NoEngine } from '../engine/control/client.js';
import { explain, sentence } from '../engine/explain.js';
import { progressOf } from '../engine/progress.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { requestStart } from './connect-engine.js';
import { engineOf } from './engine-of.js';
import { engineGone } from './engine-gone.js';
import { startError } from './start-error.js';
import type { StartRequest } from '../engine/control/server.js';
import type { ResourceView, Snapshot } from '../engine/snapshot.js';

export interface WaitOptions {
  timeoutMs: number;
  /** Aborted by Ctrl-C. */
  interrupted: AbortSignal;
  onSnapshot?: (snapshot: Snapshot, targets: string[]) => void;
}

export interface StartOptions extends WaitOptions {
  root: string;
  request: StartRequest;
  engineFile?: string;
  /** Called with the resources that this call adds, including tasks. */
  onAdded?: (added: string[]) => void;
}

export interface StartResult {
  snapshot: Snapshot;
  /** Resources that were not requested before this call. */
  added: string[];
  targets: string[];
  /** Targets that were requested before, but had to be restarted: they were stale, or had been given up. */
  restarted: string[];
}

/**
 * Starts the requested resources and waits until all have started. After a failure, a timeout or an interruption it stops
 * the resources that this call has added, and nothing else. Throws errors of the catalogue.
 */
export async function startSystem(options: StartOptions): Promise<StartResult> {
  const { root, interrupted, engineFile: file } = options;
  const { added, at, snapshot } = await requestStart(root, options.request, { file, interrupted });
  options.onAdded?.(added);
  const targets = targetsOf(snapshot, options.request);
  try {
    const last = await untilStarted(root, targets, options);
    const recent = last.resources.filter(({ spawnedAt = 0 }) => spawnedAt >= at).map(({ name }) => name);
    const restarted = targets.filter((name) => recent.includes(name) && !added.includes(name));
    return { added, targets, restarted, snapshot: last };
  } catch (error) {
    await undo(root, added);
    throw error;
  }
}

/** The requested resources and their dependencies, without tasks. */
function targetsOf({ resources }: Snapshot, { start, except = [] }: StartRequest): string[] {
  const wanted = resources.filter(({ kind, wanted }) => kind === 'service' && wanted).map(({ name }) => name);
  const requested = new Set(start);
  for (const name of requested)
    for (const next of usedBy(resources.find((view) => view.name === name)!)) requested.add(next);
  return wanted.filter((name) => requested.has(name) && !except.includes(name));
}

const usedBy = ({ needs, calls }: ResourceView): string[] => [...needs.map(({ on }) => on), ...calls];

/** Resolves once all targets have started. Throws if one has failed, on a timeout, and if they were stopped meanwhile. */
export async function untilStarted(root: string, targets: string[], waiting: WaitOptions): Promise<Snapshot> {
  const { timeoutMs, interrupted, onSnapshot } = waiting;
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  const signal = AbortSignal.any([interrupted, deadline.signal]);
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
  } finally {
    clearTimeout(timer);
  }
  if (interrupted.aborted) throw new MsxError('INTERRUPTED', {});
  if (!signal.aborted || !last) throw stoppedMeanwhile();
  const late = targets.filter((name) => progressOf(last, name).state !== 'done');
  const reasons = late.map((name) => sentence(explain(last, name)));
  throw new MsxError('START_TIMEOUT', { seconds: timeoutMs / 1_000, waiting: reasons });
}

const isWanted = ({ resources }: Snapshot, name: string) =>
  resources.some((view) => view.name === name && view.wanted);

const stoppedMeanwhile = () => new MsxError('ENGINE_LOST', { reason: 'it was stopped meanwhile' });

async function undo(root: string, added: string[]): Promise<void> {
  if (added.length === 0) return;
  try {
    const { engine, resources } = await engineOf(root).stop(added);
    // It exits once nothing is requested: the next command must not meet it while it does.
    if (!resources.some(({ wanted }) => wanted)) await engineGone(engine.pid);
  } catch (error) {
    if (!(error instanceof NoEngine)) throw error;
  }
}
