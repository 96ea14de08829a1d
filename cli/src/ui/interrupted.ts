import { setMaxListeners } from 'node:events';
import { LiveRegion } from './live-region.js';

export interface Interruption {
  /** Said at once at the first Ctrl-C: what is being ended. Nothing is said without it. */
  readonly ending?: () => string;
  /** Ends, without waiting for anything, what would outlive this process. */
  readonly atOnce?: () => unknown;
}

/**
 * Aborted by the first Ctrl-C, or its like; the second ends the process as ever. Until then it goes on listening: what
 * runs programs for us (execa) ends the process at once when it hears a signal that nobody else listens to any more.
 */
export function interrupted({ ending, atOnce }: Interruption = {}): AbortSignal {
  const controller = new AbortController();
  // It ends all that is at work side by side, however much that is.
  setMaxListeners(Infinity, controller.signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const listener = async () => {
      if (!controller.signal.aborted) {
        if (signal === 'SIGINT') LiveRegion.leaveEcho();
        if (ending) LiveRegion.print(`${ending()} (Ctrl-C again: at once)`, process.stderr);
        return controller.abort();
      }
      process.off(signal, listener);
      try {
        if (atOnce) await atOnce();
      } finally {
        process.kill(process.pid, signal);
      }
    };
    process.on(signal, listener);
  }
  return controller.signal;
}
