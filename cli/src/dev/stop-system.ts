import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { endLeftovers } from '../drivers/process/end-leftovers.js';
import { removeContainers } from '../drivers/container/remove-container.js';
import { endProcesses } from '../drivers/process/end-group.js';
import { isAlive } from '../drivers/process/process-table.js';
import { takeEngineLock } from '../daemon/engine-lock.js';
import { NoEngine } from '../engine/control/client.js';
import { readRunFile, removeRunFile } from '../engine/control/run-file.js';
import { runMark, socketPath } from '../engine/control/socket-path.js';
import { MsxError } from '../errors/msx-error.js';
import { chooseResources } from './choose-resources.js';
import { engineOf } from './engine-of.js';
import { engineGone } from './engine-gone.js';
import type { ResourceView } from '../engine/snapshot.js';
import type { Identity } from '../drivers/process/process-table.js';

/** An engine that lives but does not listen is about to; if it still does not then, it hangs. */
const LISTENS_WITHIN_MS = 2_000;
/** What is killed is gone within this time, or its engine hangs. */
const KILLED_WITHIN_MS = 1_500;
const POLL_MS = 20;

export interface Stopped {
  /** Names of what was running. */
  stopped: string[];
  /** Processes of ours that could not be ended. */
  left: Identity[];
}

export interface StopOptions {
  /** Gives nothing time to end by itself. */
  force?: boolean;
  /** Told of what runs, before it ends. */
  onStopping?: (names: string[]) => void;
}

/** Ends everything of a system, whether its engine lives, hangs or was killed. Safe at any time. */
export async function stopSystem(root: string, options: StopOptions = {}): Promise<Stopped> {
  const deadline = Date.now() + (options.force ? 0 : LISTENS_WITHIN_MS);
  for (;;) {
    const stopped = await throughEngine(root, options);
    if (stopped) return { stopped, left: [] };
    const lock = takeEngineLock(root);
    if ('release' in lock) return cleanUp(root, options).finally(lock.release);
    if (Date.now() > deadline) await endProcesses([lock.heldBy], 0);
    await pause(POLL_MS);
  }
}

/** Ends these services, and nothing else. Throws NOT_RUNNING and UNKNOWN_SERVICE. */
export async function stopServices(
  root: string,
  names: string[],
  { force, onStopping }: StopOptions = {},
): Promise<Stopped> {
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
    return { stopped, left: [] };
  } catch (error) {
    if (error instanceof NoEngine) throw new MsxError('NOT_RUNNING', { what: 'the system' });
    throw error;
  }
}

async function throughEngine(
  root: string,
  { force = false, onStopping }: StopOptions,
): Promise<string[] | undefined> {
  const client = engineOf(root);
  const within = <T>(answer: Promise<T>) => (force ? soon(answer) : answer);
  try {
    const { engine, resources } = await within(client.snapshot());
    const running = resources.filter(runs).map(({ name }) => name);
    onStopping?.(running);
    await within(client.stop(undefined, { force }));
    await engineGone(engine.pid);
    return running;
  } catch (error) {
    if (error instanceof NoEngine) return undefined;
    throw error;
  }
}

const runs = ({ pid, container, wanted }: ResourceView): boolean =>
  pid !== undefined || (container !== undefined && wanted);

/** An engine that does not answer soon counts as one that is gone. */
async function soon<T>(answer: Promise<T>): Promise<T> {
  const late = new AbortController();
  const timeout = pause(KILLED_WITHIN_MS, undefined, { signal: late.signal }).then(() => {
    throw new NoEngine();
  });
  timeout.catch(() => {});
  return Promise.race([answer, timeout]).finally(() => late.abort());
}

/** The lock is ours: no engine can begin meanwhile. */
async function cleanUp(root: string, { force, onStopping }: StopOptions): Promise<Stopped> {
  const { processes = [], containers = [] } = readRunFile(root) ?? {};
  const stopped = processes.filter(isAlive).map(({ name }) => name);
  onStopping?.(stopped);
  await removeContainers(containers);
  const { left } = await endLeftovers(processes, runMark(root), force ? 0 : undefined);
  rmSync(socketPath(root), { force: true });
  if (left.length === 0) removeRunFile(root);
  return { stopped, left };
}
