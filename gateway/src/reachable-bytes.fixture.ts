import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * The reachable bytes of the heap. Only for a `*.heap.test.ts`, which has a process of its own: what other tests left in a
 * heap is freed at any time, and in hundreds of megabytes.
 */
export function reachableBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
