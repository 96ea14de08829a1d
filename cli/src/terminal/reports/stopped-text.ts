import { seconds } from '../screen/duration-text.js';

/** The result of a stop, printed once no process of it was found to be running. */
export const stoppedText = (stopped: readonly string[], tookMs: number): string =>
  stopped.length > 0 ? `stopped ${stopped.join(', ')} in ${seconds(tookMs)}` : 'nothing was running';
