import { setTimeout as pause } from 'node:timers/promises';
import { endProcesses } from '../drivers/process/end-group.js';
import { identityOf, isAlive } from '../processes/process-table.js';

const EXIT_TIMEOUT_MS = 500;
const POLL_MS = 20;

/** Waits until an engine that has stopped everything has exited; kills it if it does not. */
export async function engineGone(pid: number): Promise<void> {
  const engine = identityOf(pid);
  const deadline = Date.now() + EXIT_TIMEOUT_MS;
  while (engine && isAlive(engine)) {
    if (Date.now() > deadline) await endProcesses([engine], 0);
    await pause(POLL_MS);
  }
}
