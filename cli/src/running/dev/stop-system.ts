import { setTimeout as pause } from 'node:timers/promises';
import { endLeftovers, leftoversOf } from '../drivers/process/end-leftovers.js';
import { removeContainers } from '../drivers/container/remove-container.js';
import { endProcesses } from '../drivers/process/end-group.js';
import { commandOf } from '../processes/process-table.js';
import { leftoverCriteria } from '../drivers/process/leftover-criteria.js';
import { takeEngineLock } from '../daemon/engine-lock.js';
import { NoEngine } from '../engine/control/client.js';
import { readRunFile, removeRunFile } from '../engine/control/run-file.js';
import { registrationOf, unregisterSystem } from '../engine/control/registered-systems.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { chooseResources } from './choose-resources.js';
import { engineOf } from './engine-of.js';
import { engineGone } from './engine-gone.js';
import type { ResourceView } from '../engine/snapshot.js';
import type { Leftover, LeftoverCriteria } from '../drivers/process/end-leftovers.js';

/** How long a live engine may take to start listening; after that it counts as stuck. */
const LISTEN_TIMEOUT_MS = 2_000;
/** How long an engine may take to kill everything; after that it counts as stuck. */
const KILL_TIMEOUT_MS = 1_500;
/** How long stopped processes may take to disappear. */
const GONE_TIMEOUT_MS = 1_000;
const POLL_MS = 20;

export interface StopResult {
  /** Names of the resources that were running. */
  stopped: string[];
  /** Processes of the system that could not be ended. */
  left: Leftover[];
}

export interface StopOptions {
  /** Kills without a grace period. */
  force?: boolean;
  /** Called with the names of what is running, before it is stopped. */
  onStopping?: (names: string[]) => void;
}

/**
 * Stops everything of a system, whether its engine is alive, stuck or was killed, and verifies that it has ended. Safe at
 * any time.
 */
export async function stopSystem(root: string, options: StopOptions = {}): Promise<StopResult> {
  const deadline = Date.now() + (options.force ? 0 : LISTEN_TIMEOUT_MS);
  const traces = leftoverCriteria(root);
  const before = namesOf(leftoversOf(traces));
  for (;;) {
    const stopped = await stopThroughEngine(root, options);
    const lock = takeLockIfPossible(root);
    if ('release' in lock)
      return cleanUp(root, { ...options, traces, before: stopped ?? before }).finally(lock.release);
    // Another engine has started meanwhile, which has ended the leftovers itself.
    if (stopped) return { stopped, left: [] };
    if (Date.now() > deadline) await endProcesses([lock.heldBy], 0);
    await pause(POLL_MS);
  }
}

const UNWRITABLE = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);

/** On a disk that cannot be written to, no engine can take the lock either, so none has to be kept out. */
function takeLockIfPossible(root: string): ReturnType<typeof takeEngineLock> {
  try {
    return takeEngineLock(root);
  } catch (error) {
    if (UNWRITABLE.has((error as NodeJS.ErrnoException).code ?? '')) return { release: () => undefined };
    throw error;
  }
}

/** Stops these services, and nothing else. Throws NOT_RUNNING and UNKNOWN_SERVICE. */
export async function stopServices(
  root: string,
  names: string[],
  { force, onStopping }: StopOptions = {},
): Promise<StopResult> {
  const client = engineOf(root);
  try {
    const { resources } = await client.snapshot();
    const services = resources.filter(({ kind }) => kind === 'service');
    const chosen = chooseResources(
      services.map(({ name }) => name),
      names,
    );
    const running = services.filter(({ name, wanted }) => wanted && chosen.includes(name));
    const stopped = running.map(({ name }) => name);
    onStopping?.(stopped);
    await client.stop(chosen, { force });
    return { stopped, left: await leftOf(root, stopped) };
  } catch (error) {
    if (error instanceof NoEngine) throw new MsxError('NOT_RUNNING', { what: 'the system' });
    throw error;
  }
}

/** The remaining processes of services that were stopped. */
async function leftOf(root: string, names: string[]): Promise<Leftover[]> {
  const token = readRunFile(root)?.token;
  if (!token) return [];
  const traces = { recorded: [], tokens: names.map((name) => `${token}.${name}.`) };
  const deadline = Date.now() + GONE_TIMEOUT_MS;
  let left = leftoversOf(traces);
  for (; left.length > 0 && Date.now() < deadline; left = leftoversOf(traces)) await pause(POLL_MS);
  return left;
}

/** The names of what ran, once it is down; undefined if there is no engine, or it does not answer. */
async function stopThroughEngine(
  root: string,
  { force = false, onStopping }: StopOptions,
): Promise<string[] | undefined> {
  const client = engineOf(root);
  try {
    const { engine, resources } = await within(
      client.snapshot(),
      force ? KILL_TIMEOUT_MS : LISTEN_TIMEOUT_MS,
    );
    const running = resources.filter(runs).map(({ name }) => name);
    onStopping?.(running);
    const end = client.stop(undefined, { force });
    await (force ? within(end, KILL_TIMEOUT_MS) : end);
    await engineGone(engine.pid);
    return running;
  } catch (error) {
    if (error instanceof NoEngine || isSilent(error)) return undefined;
    throw error;
  }
}

const isSilent = (error: unknown) => error instanceof MsxError && error.code === 'ENGINE_SILENT';

const runs = ({ pid, container, wanted }: ResourceView): boolean =>
  pid !== undefined || (container !== undefined && wanted);

/** An engine that does not answer in time counts as gone. */
async function within<T>(answer: Promise<T>, withinMs: number): Promise<T> {
  const done = new AbortController();
  const timeout = pause(withinMs, undefined, { signal: done.signal }).then(() => {
    throw new NoEngine();
  });
  timeout.catch(() => {});
  answer.catch(() => {});
  return Promise.race([answer, timeout]).finally(() => done.abort());
}

interface CleanUpOptions extends StopOptions {
  traces: LeftoverCriteria;
  /** Names of the resources that were running at the beginning. */
  before: string[];
}

/** Requires the lock, so that no engine can start meanwhile. */
async function cleanUp(
  root: string,
  { force, onStopping, traces, before }: CleanUpOptions,
): Promise<StopResult> {
  const found = namesOf(leftoversOf(traces));
  if (found.length > 0) onStopping?.(found);
  await removeContainers(readRunFile(root)?.containers ?? []);
  const { left } = await endLeftovers(traces, force ? 0 : undefined);
  unregisterSystem(registrationOf(root));
  if (left.length === 0) removeRunFile(root);
  return { stopped: [...new Set([...before, ...found])], left };
}

/** The names of resources, or of the commands of processes that were never recorded. */
export const namesOf = (leftovers: Leftover[]): string[] =>
  [...new Set(leftovers.map(({ name, pid }) => name ?? commandOf(pid) ?? `pid ${pid}`))].sort();
