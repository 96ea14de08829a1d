import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { endLeftovers } from '../drivers/process/end-leftovers.js';
import { removeContainers } from '../drivers/container/remove-container.js';
import { endProcesses } from '../drivers/process/end-group.js';
import { identityOf, isAlive } from '../drivers/process/process-table.js';
import { takeEngineLock } from '../daemon/engine-lock.js';
import { NoEngine } from '../engine/control/client.js';
import { readRunFile, removeRunFile } from '../engine/control/run-file.js';
import { runMark, socketPath } from '../engine/control/socket-path.js';
import { MsxError } from '../errors/msx-error.js';
import { chooseResources } from './choose-resources.js';
import { engineOf } from './connect-engine.js';
import type { ResourceView } from '../engine/snapshot.js';
import type { Identity } from '../drivers/process/process-table.js';

/** An engine that lives but does not listen is about to; if it still does not then, it hangs. */
const LISTENS_WITHIN_MS = 2_000;
const LEAVES_WITHIN_MS = 500;
const POLL_MS = 20;

export interface Stopped {
  /** Names of what was running. */
  stopped: string[];
  /** Processes of ours that could not be ended. */
  left: Identity[];
}

/** Ends everything of a system, whether its engine lives, hangs or was killed. Safe at any time. */
export async function stopSystem(root: string): Promise<Stopped> {
  const deadline = Date.now() + LISTENS_WITHIN_MS;
  for (;;) {
    const stopped = await throughEngine(root);
    if (stopped) return { stopped, left: [] };
    const lock = takeEngineLock(root);
    if ('release' in lock) return cleanUp(root).finally(lock.release);
    if (Date.now() > deadline) await endProcesses([lock.heldBy], 0);
    await pause(POLL_MS);
  }
}

/** Ends these services, and nothing else. Throws NOT_RUNNING and UNKNOWN_SERVICE. */
export async function stopServices(root: string, names: string[]): Promise<Stopped> {
  const client = engineOf(root);
  try {
    const { resources } = await client.snapshot();
    const services = resources.filter(({ kind }) => kind === 'service');
    const chosen = chooseResources(
      services.map(({ name }) => name),
      names,
    );
    await client.stop(chosen);
    const running = services.filter(({ name, wanted }) => wanted && chosen.includes(name));
    return { stopped: running.map(({ name }) => name), left: [] };
  } catch (error) {
    if (error instanceof NoEngine) throw new MsxError('NOT_RUNNING', { what: 'the system' });
    throw error;
  }
}

async function throughEngine(root: string): Promise<string[] | undefined> {
  const client = engineOf(root);
  try {
    const { engine, resources } = await client.snapshot();
    await client.stop();
    await gone(engine.pid);
    return resources.filter(runs).map(({ name }) => name);
  } catch (error) {
    if (error instanceof NoEngine) return undefined;
    throw error;
  }
}

const runs = ({ pid, container, wanted }: ResourceView): boolean =>
  pid !== undefined || (container !== undefined && wanted);

/** An engine that has ended everything leaves at once, unless something is wrong with it. */
async function gone(pid: number): Promise<void> {
  const engine = identityOf(pid);
  const deadline = Date.now() + LEAVES_WITHIN_MS;
  while (engine && isAlive(engine)) {
    if (Date.now() > deadline) await endProcesses([engine], 0);
    await pause(POLL_MS);
  }
}

/** The lock is ours: no engine can begin meanwhile. */
async function cleanUp(root: string): Promise<Stopped> {
  const { processes = [], containers = [] } = readRunFile(root) ?? {};
  const stopped = processes.filter(isAlive).map(({ name }) => name);
  await removeContainers(containers);
  const { left } = await endLeftovers(processes, runMark(root));
  rmSync(socketPath(root), { force: true });
  if (left.length === 0) removeRunFile(root);
  return { stopped, left };
}
