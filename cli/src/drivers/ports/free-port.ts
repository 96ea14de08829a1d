import { setTimeout as pause } from 'node:timers/promises';
import { identityOf, isAlive } from '../process/process-table.js';
import { isHeld } from './is-held.js';
import type { Holder } from './holder.js';

const GRACE_MS = 3_000;
const KILLED_MS = 1_000;
const POLL_MS = 20;

/** Ends the process that holds a port, and that process alone. Answers whether the port is free. */
export async function freePort({ port, pid }: Holder): Promise<boolean> {
  const holder = pid === undefined ? undefined : identityOf(pid);
  for (const [signal, withinMs] of [
    ['SIGTERM', GRACE_MS],
    ['SIGKILL', KILLED_MS],
  ] as const) {
    if (!holder || !(await isHeld(port))) break;
    try {
      if (isAlive(holder)) process.kill(holder.pid, signal);
    } catch {
      // Another user's process: the port stays held.
    }
    for (const end = Date.now() + withinMs; (await isHeld(port)) && Date.now() < end;) await pause(POLL_MS);
  }
  return !(await isHeld(port));
}
