import { MsxError } from '../../terminal/errors/msx-error.js';
import { movedFrom } from '../engine/control/run-file.js';
import { stopSystem } from './stop-system.js';

/**
 * Stops a run that was started before the folder was moved, since it uses the old paths. Throws STOP_INCOMPLETE.

 */
export async function stopMoved(root: string, onMoved: (from: string) => void): Promise<void> {
  const from = movedFrom(root);
  if (!from) return;
  onMoved(from);
  await stopWhole(root);
}

/** Stops the whole system. @returns what was stopped. Throws STOP_INCOMPLETE. */
export async function stopWhole(root: string): Promise<string[]> {
  const { stopped, left } = await stopSystem(root);
  if (left.length > 0) throw new MsxError('STOP_INCOMPLETE', { left });
  return stopped;
}
