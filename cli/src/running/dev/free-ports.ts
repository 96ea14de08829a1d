import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../drivers/ports/free-port.js';
import { holdersOf } from '../drivers/ports/holder.js';
import { isHeld } from '../drivers/ports/is-held.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { stopServices } from './stop-system.js';
import type { PortState } from './held-ports.js';

export interface FreedPorts {
  freed: number[];
  kept: number[];
}

/**
 * Frees these ports, those of foreign processes only if that is allowed. @returns the ports that were freed, and those
 * that were not allowed to be. Throws PORT_NOT_FREED, and PORT_HELD for a port of another system, whose engine would
 * restart the process.
 */
export async function freePorts(
  root: string,
  ports: PortState[],
  mayEnd: (port: PortState) => Promise<boolean>,
): Promise<FreedPorts> {
  const [freed, kept] = [new Set<number>(), new Set<number>()];
  for (const state of ports.filter(({ heldBy }) => heldBy !== 'nobody')) {
    const { port, holder, heldBy, wantedBy } = state;
    if (heldBy === 'another system') throw new MsxError('PORT_HELD', { ...holder!, wantedBy });
    if (heldBy === 'stranger' && !(await mayEnd(state))) {
      kept.add(port);
      continue;
    }
    if (heldBy === 'run') await stopServices(root, [wantedBy]);
    if (heldBy === 'run' ? await isHeld(port) : !(await freePort(holder!)))
      throw new MsxError('PORT_NOT_FREED', { port, pid: holder!.pid });
    freed.add(port);
  }
  await checkStillFree([...freed]);
  return { freed: [...freed].filter((port) => !kept.has(port)), kept: [...kept] };
}

/** Process managers such as systemd or nodemon restart a process within this time. */
const RESTART_WINDOW_MS = 1_000;
const POLL_MS = 50;

/** Checks that no terminated process is restarted. Throws PORT_NOT_FREED. */
async function checkStillFree(ports: number[]): Promise<void> {
  if (ports.length === 0) return;
  for (const end = Date.now() + RESTART_WINDOW_MS; Date.now() < end; await pause(POLL_MS)) {
    const [holder] = await holdersOf(ports);
    if (holder) throw new MsxError('PORT_NOT_FREED', { port: holder.port, pid: holder.pid });
  }
}
