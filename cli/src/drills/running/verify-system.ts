import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stopSystem } from '../../running/dev/stop-system.js';
import { identityOf } from '../../running/processes/process-table.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { RunningCopy } from '../copy/running-copy.js';
import { runDrills } from './run-drills.js';
import type { System } from '../../model/system/system.js';
import type { DrillEntry } from '../plan/drill-catalogue.js';
import type { Outcome } from '../verdicts/outcome.js';
import type { DrillsOptions } from './run-drills.js';

/** Runs drills on a copy of a built system, which is removed at the end. Throws INTERRUPTED and the errors of a start. */
export async function verifySystem(
  system: System,
  drills: readonly DrillEntry[],
  options: Omit<DrillsOptions, 'copy'> & { readonly onStart: () => void },
): Promise<Outcome[]> {
  await removeLeftCopies(system);
  options.onStart();
  const copy = await RunningCopy.create(system, ownCopyOf(system), options.signal);
  try {
    await copy.start();
    return await runDrills(drills, { ...options, copy });
  } catch (error) {
    if (options.signal.aborted) throw new MsxError('INTERRUPTED', {});
    throw error;
  } finally {
    await copy.destroy();
  }
}

/** Ends and removes the copy of this process, without waiting for what it is doing. */
export const removeOwnCopy = (system: System): Promise<void> => removeCopy(ownCopyOf(system));

const ownCopyOf = (system: System): string => join(copiesOf(system), String(process.pid));
const copiesOf = ({ root }: System): string => join(root, '.msx/verify');

/** Copies of runs that were killed: each is in a folder that has the pid of its run as its name. */
async function removeLeftCopies(system: System): Promise<void> {
  const folder = copiesOf(system);
  if (!existsSync(folder)) return;
  for (const name of await readdir(folder)) {
    if (!identityOf(Number(name))) await removeCopy(join(folder, name));
  }
}

async function removeCopy(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  await stopSystem(folder, { force: true });
  await rm(folder, { recursive: true, force: true });
}
