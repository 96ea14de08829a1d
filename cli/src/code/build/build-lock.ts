import { setTimeout as pause } from 'node:timers/promises';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { takeLock } from '../../running/processes/lock.js';
import { COMPILE_TIMEOUT_MS } from './compiler.js';

const POLL_INTERVAL_MS = 25;

/**
 * Runs `work` while no other process builds this system, as they would write to the same folders. `waited`: whether one
 * did until now. Throws ENGINE_BUSY.
 */
export async function withBuildLock<Result>(
  root: string,
  work: (waited: boolean) => Promise<Result>,
): Promise<Result> {
  const deadline = Date.now() + COMPILE_TIMEOUT_MS;
  for (let waited = false; ; waited = true) {
    const lock = takeLock(root, 'build');
    if ('release' in lock)
      try {
        return await work(waited);
      } finally {
        lock.release();
      }
    const { pid } = lock.heldBy;
    if (Date.now() > deadline) throw new MsxError('ENGINE_BUSY', { doing: 'building', pid });
    await pause(POLL_INTERVAL_MS);
  }
}
