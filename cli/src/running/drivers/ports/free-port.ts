import { setTimeout as pause } from 'node:timers/promises';
import { identityOf, isAlive } from '../../processes/process-table.js';
import { isHeld, LOOPBACKS } from './is-held.js';
import type { Holder } from './holder.js';

const GRACE_MS = 3_000;
const KILL_TIMEOUT_MS = 1_000;
const POLL_MS = 20;

/**
 * Terminates the process that holds a port, and no other process. @returns whether the port is now free on the address
 * where that process held it
 */
export async function freePort({ port, pid, address = '' }: Holder): Promise<boolean> {
  const isStillHeld = () => isHeld(port, LOOPBACKS.includes(address) ? [address] : LOOPBACKS);
  const holder = pid === undefined ? undefined : identityOf(pid);
  for (const [signal, withinMs] of [
    ['SIGTERM', GRACE_MS],
    ['SIGKILL', KILL_TIMEOUT_MS],
  ] as const) {
    if (!holder || !(await isStillHeld())) break;
    try {
      if (isAlive(holder)) process.kill(holder.pid, signal);
    } catch {
      // Another user's process: the port stays held.
    }
    for (const end = Date.now() + withinMs; (await isStillHeld()) && Date.now() < end;) await pause(POLL_MS);
  }
  return !(await isStillHeld());
}
