import { setMaxListeners } from 'node:events';
import { fold } from '../screen/fold.js';
import { LiveRegion } from '../progress/live-region.js';
import { columnsOf } from '../screen/screen.js';

export interface InterruptOptions {
  /** Printed at the first Ctrl-C: what is being stopped. */
  readonly notice?: () => string;
  /** Called at the second Ctrl-C: stops at once whatever would outlive this process. */
  readonly force?: () => unknown;
}

/**
 * npx and npm pass on the signal that the terminal sends to them and to msx alike: a signal within this time is the same
 * Ctrl-C again. Nobody presses it twice that fast.
 */
const DEBOUNCE_MS = 60;

/**
 * Aborted by the first Ctrl-C or SIGTERM; the second one ends the process. Until then it keeps listening: execa, which
 * runs programs, and cli-cursor, which hides the cursor, end the process at once on a signal with no other listener.
 */
export function interruptSignal({ notice, force }: InterruptOptions = {}): AbortSignal {
  const controller = new AbortController();
  // Any number of concurrent operations may listen.
  setMaxListeners(Infinity, controller.signal);
  let pressedAt = -Infinity;
  let forcing = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const pressed = async () => {
      if (performance.now() - pressedAt < DEBOUNCE_MS) return;
      if (!controller.signal.aborted) {
        if (signal === 'SIGINT') LiveRegion.startLineAfterEcho();
        if (notice) print(`${notice()} (Ctrl-C again: at once)`);
        pressedAt = performance.now();
        return controller.abort();
      }
      pressedAt = performance.now();
      try {
        if (force && !forcing) {
          forcing = true;
          if (signal === 'SIGINT') LiveRegion.startLineAfterEcho();
          LiveRegion.dismiss();
          await force();
        }
      } finally {
        process.off(signal, listener);
        process.kill(process.pid, signal);
      }
    };
    const listener = () => void pressed();
    process.on(signal, listener);
  }
  return controller.signal;
}

const print = (text: string) => LiveRegion.print(fold(text, columnsOf(process.stderr)), process.stderr);
