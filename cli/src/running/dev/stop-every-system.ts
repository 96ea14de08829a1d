import { existsSync } from 'node:fs';
import { endProcesses } from '../drivers/process/end-group.js';
import { endLeftovers, leftoversOf } from '../drivers/process/end-leftovers.js';
import { unregisterSystem } from '../engine/control/registered-systems.js';
import { isAlive } from '../processes/process-table.js';
import { tracesOf } from './listed-systems.js';
import { namesOf, stopSystem } from './stop-system.js';
import { userSystems } from './user-systems.js';
import type { RegisteredSystem } from '../engine/control/registered-systems.js';
import type { StopOptions, StopResult } from './stop-system.js';

/** An engine that is asked to exit first stops everything, which takes it some seconds. */
const GRACE_MS = 10_000;

/** A system, and what was stopped of it. */
export interface StoppedSystem extends StopResult {
  name: string;
  folder: string;
}

/** Stops all systems of this user on this machine, in whichever folder. @returns those of which something was running */
export async function stopEverySystem(options: StopOptions = {}): Promise<StoppedSystem[]> {
  const results = userSystems().map(async (system): Promise<StoppedSystem> => {
    const { name, root: folder } = system;
    const stopping = existsSync(folder) ? stopSystem(folder, options) : stopWithoutFolder(system, options);
    return { name, folder, ...(await stopping) };
  });
  const all = await Promise.all(results);
  return all.filter(({ stopped, left }) => stopped.length > 0 || left.length > 0);
}

/** The folder was deleted, such as a git worktree: no other engine can start in it. */
async function stopWithoutFolder(
  system: RegisteredSystem,
  { force = false }: StopOptions,
): Promise<StopResult> {
  const running = leftoversOf(tracesOf(system));
  if (isAlive(system.engine)) await endProcesses([system.engine], force ? 0 : GRACE_MS);
  const { left } = await endLeftovers(tracesOf(system), force ? 0 : undefined);
  if (left.length === 0) unregisterSystem(system);
  return { stopped: namesOf(running), left };
}
