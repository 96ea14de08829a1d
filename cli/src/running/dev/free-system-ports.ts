import { isHeld } from '../drivers/ports/is-held.js';
import { makeSocketFolder, rootHash, socketFolder } from '../engine/control/socket-path.js';
import { Locks } from '../processes/lock.js';
import { identityOf, isAlive } from '../processes/process-table.js';
import { MsxError } from '../../terminal/errors/msx-error.js';

/**
 * The ports of isolated systems, below those that operating systems give to outgoing connections. Fewer than the distance
 * between the port of a service and that of its inspector, so that inspectors do not take ports of other systems.
 */
const FIRST_PORT = 17_000;
const BLOCK_SIZE = 50;
const BLOCKS = 44;

/** The blocks of ports in the order that a folder tries them: mostly the same ports on each start, and seldom a neighbour's. */
export function blocksFor(hash: string): number[] {
  const first = Number.parseInt(hash.slice(0, 8), 16) % BLOCKS;
  return Array.from({ length: BLOCKS }, (_, n) => (first + n) % BLOCKS);
}

/**
 * Free ports for a system. A block of ports is claimed for as long as this command runs, so that two commands that run
 * at once do not choose the same. Throws PORTS_EXHAUSTED.
 */
export async function freeSystemPorts(
  root: string,
  count: number,
  avoid: ReadonlySet<number>,
): Promise<number[]> {
  const found: number[] = [];
  for (const block of blocksFor(rootHash(root))) {
    if (!claim(block)) continue;
    for (const port of portsIn(block)) {
      if (found.length === count) return found;
      if (!avoid.has(port) && !(await isHeld(port))) found.push(port);
    }
  }
  if (found.length === count) return found;
  const last = FIRST_PORT + BLOCKS * BLOCK_SIZE - 1;
  throw new MsxError('PORTS_EXHAUSTED', { first: FIRST_PORT, last, count });
}

const portsIn = (block: number): number[] =>
  Array.from({ length: BLOCK_SIZE }, (_, n) => FIRST_PORT + block * BLOCK_SIZE + n);

function claim(block: number): boolean {
  const folder = socketFolder();
  makeSocketFolder(folder);
  const locks = new Locks(folder, `ports-${block}`);
  const lock = locks.take(
    identityOf(process.pid)!,
    (holder) => holder.pid !== process.pid && isAlive(holder),
  );
  return 'release' in lock;
}
