import { join } from 'node:path';
import { isAlive, identityOf } from '../drivers/process/process-table.js';
import { takeLock } from '../engine/control/lock.js';
import type { Identity } from '../drivers/process/process-table.js';

/** Makes this process the only one that may run, or clean up after, a system; or answers who is that already. */
export function takeEngineLock(root: string): { release: () => void } | { heldBy: Identity } {
  const mine = JSON.stringify(identityOf(process.pid));
  const lock = takeLock(join(root, '.msx'), mine, (other) => isAlive(JSON.parse(other) as Identity));
  return 'heldBy' in lock ? { heldBy: JSON.parse(lock.heldBy) as Identity } : lock;
}
