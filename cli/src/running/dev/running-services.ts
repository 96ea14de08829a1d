import { realpathSync } from 'node:fs';
import { holdersOf } from '../drivers/ports/holder.js';
import { cwdOf, isAlive } from '../processes/process-table.js';
import { readRunFile } from '../engine/control/run-file.js';
import { isWithin } from '../../model/system/is-within.js';
import type { Service, System } from '../../model/system/system.js';

/**
 * The running ones of these services: run by an engine of this system, or started by hand in its folder. The same service
 * of another clone does not count, even if it has the same ports.
 */
export async function runningServices({ root }: System, services: Service[]): Promise<Service[]> {
  const recorded = (readRunFile(root)?.processes ?? []).filter(isAlive).map(({ name }) => name);
  const holders = await holdersOf(services.flatMap(({ port, healthPort }) => [port, healthPort]));
  return services.filter(
    ({ name, port, healthPort, folder }) =>
      recorded.includes(name) ||
      holders.some((holder) => [port, healthPort].includes(holder.port) && isIn(folder, holder.pid)),
  );
}

function isIn(folder: string, pid: number | undefined): boolean {
  const cwd = pid === undefined ? undefined : cwdOf(pid);
  return cwd !== undefined && isWithin(realpathSync(folder), cwd);
}
