import { join } from 'node:path';
import { makePrivate } from '../../model/files/private-folder.js';
import { takeLock } from '../processes/lock.js';
import type { Lock } from '../processes/lock.js';

/** Lets only this process run a system or clean up after it. @returns the holder if another process already does */
export function takeEngineLock(root: string): Lock {
  makePrivate(join(root, '.msx'));
  return takeLock(root, 'engine');
}
