import { setTimeout as pause } from 'node:timers/promises';
import { endProcesses } from '../drivers/process/end-group.js';
import { identityOf, isAlive } from '../drivers/process/process-table.js';

const LEAVES_WITHIN_MS = 500;
const POLL_MS = 20;

/** An engine that has ended everything leaves at once, unless something is wrong with it: then it is ended. */
export async function engineGone(pid: number): Promise<void> {
  const engine = identityOf(pid);
  const deadline = Date.now() + LEAVES_WITHIN_MS;
  while (engine && isAlive(engine)) {
    if (Date.now() > deadline) await endProcesses([engine], 0);
    await pause(POLL_MS);
  }
}
