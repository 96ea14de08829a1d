import { existsSync } from 'node:fs';
import { nameOf } from '../drivers/ports/system-of.js';
import { EngineClient, NoEngine } from '../engine/control/client.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { stopSystem } from './stop-system.js';
import { userSystems } from './user-systems.js';
import type { RegisteredSystem } from '../engine/control/registered-systems.js';
import type { StopOptions, StopResult } from './stop-system.js';

/** A system, and what was stopped of it. */
export interface StoppedSystem extends StopResult {
  name: string;
  folder: string;
}

/** Stops all systems of this user on this machine, in whichever folder. @returns those of which something was running */
export async function stopEverySystem(options: StopOptions = {}): Promise<StoppedSystem[]> {
  const results = userSystems().map(async (system): Promise<StoppedSystem> => {
    const { root: folder } = system;
    const stopping = existsSync(folder) ? stopSystem(folder, options) : stopWithoutFolder(system, options);
    return { name: nameOf(folder), folder, ...(await stopping) };
  });
  const all = await Promise.all(results);
  return all.filter(({ stopped, left }) => stopped.length > 0 || left.length > 0);
}

/** The folder was deleted: only the engine knows what runs. */
async function stopWithoutFolder(
  { socket, engine }: RegisteredSystem,
  { force }: StopOptions,
): Promise<StopResult> {
  const timeoutError = (ms: number) =>
    new MsxError('ENGINE_SILENT', { pid: engine.pid, seconds: ms / 1_000 });
  const client = new EngineClient(socket, timeoutError);
  try {
    const { resources } = await client.snapshot();
    await client.stop(undefined, { force });
    return { stopped: resources.filter(({ pid }) => pid !== undefined).map(({ name }) => name), left: [] };
  } catch (error) {
    if (error instanceof NoEngine) return { stopped: [], left: [] };
    throw error;
  }
}
