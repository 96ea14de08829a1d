import { freePort } from '../drivers/ports/free-port.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { startSystem } from './start-system.js';
import type { Holder } from '../drivers/ports/holder.js';
import type { StartOptions, StartResult } from './start-system.js';

/** Asks whether a foreign process may be terminated to free a port. */
export type ConfirmTermination = (holder: Holder & { wantedBy: string }) => Promise<boolean>;

/** Starts a system, and terminates foreign processes that hold its ports if that is allowed. Throws PORT_HELD otherwise. */
export async function startFreeingPorts(
  options: StartOptions,
  mayEnd: ConfirmTermination,
): Promise<StartResult> {
  for (;;)
    try {
      return await startSystem(options);
    } catch (error) {
      if (!(error instanceof MsxError) || error.code !== 'PORT_HELD') throw error;
      const holder = error.facts as Holder & { wantedBy: string; connection?: string };
      // A process is not terminated for a connection that happens to use the port, and the engine of another system would
      // restart its service.
      if (holder.connection || holder.system || !(await mayEnd(holder))) throw error;
      if (!(await freePort(holder))) throw new MsxError('PORT_NOT_FREED', holder);
    }
}
