import { freePort } from '../drivers/ports/free-port.js';
import { MsxError } from '../errors/msx-error.js';
import { stopServices } from './stop-system.js';
import type { PortState } from './held-ports.js';

/** Frees these ports, a stranger's only when that is allowed. Answers the freed; throws PORT_NOT_FREED. */
export async function freePorts(
  root: string,
  ports: PortState[],
  mayEnd: (port: PortState) => Promise<boolean>,
): Promise<number[]> {
  const freed: number[] = [];
  for (const state of ports.filter(({ heldBy }) => heldBy !== 'nobody')) {
    const { port, holder, heldBy, wantedBy } = state;
    if (heldBy === 'stranger' && !(await mayEnd(state))) continue;
    if (heldBy === 'run') await stopServices(root, [wantedBy]);
    if (heldBy !== 'run' && !(await freePort(holder!)))
      throw new MsxError('PORT_NOT_FREED', { port, pid: holder!.pid });
    freed.push(port);
  }
  return freed;
}
