import { seconds } from '../screen/duration-text.js';
import type { StoppedSystem } from '../../running/dev/stop-every-system.js';

/** The result of a stop, printed once no process of it was found to be running. */
export const stoppedText = (stopped: readonly string[], tookMs: number): string =>
  stopped.length > 0 ? `stopped ${stopped.join(', ')} in ${seconds(tookMs)}` : 'nothing was running';

/** The same for all systems of a user, one per line. */
export const stoppedSystemsText = (systems: readonly StoppedSystem[], tookMs: number): string =>
  systems
    .map(({ name, folder, stopped }) => `${name} in ${folder}: ${stoppedText(stopped, tookMs)}`)
    .join('\n') || stoppedText([], tookMs);
