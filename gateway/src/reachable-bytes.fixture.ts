import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * The reachable bytes of the heap. A worker's heap also has the modules of earlier tests, and grows with them: compare with
 * the value after the tested objects are released, not with the value before they were created.
 */
export function reachableBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
