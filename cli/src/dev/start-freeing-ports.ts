import { freePort } from '../drivers/ports/free-port.js';
import { MsxError } from '../errors/msx-error.js';
import { startSystem } from './start-system.js';
import type { Holder } from '../drivers/ports/holder.js';
import type { StartOptions, Started } from './start-system.js';

/** Whether a stranger's process may be ended for its port. */
export type AskToEnd = (holder: Holder & { wantedBy: string }) => Promise<boolean>;

/** Starts a system, ending whoever holds a port of it when that is allowed. Throws PORT_HELD when it is not. */
export async function startFreeingPorts(options: StartOptions, mayEnd: AskToEnd): Promise<Started> {
  for (;;)
    try {
      return await startSystem(options);
    } catch (error) {
      if (!(error instanceof MsxError) || error.code !== 'PORT_HELD') throw error;
      const holder = error.facts as Holder & { wantedBy: string; connection?: string };
      // Nobody is to end for a connection that he happens to have.
      if (holder.connection || !(await mayEnd(holder))) throw error;
      if (!(await freePort(holder))) throw new MsxError('PORT_NOT_FREED', holder);
    }
}
