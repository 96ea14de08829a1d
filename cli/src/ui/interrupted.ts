import { setMaxListeners } from 'node:events';
import { fold } from './fold.js';
import { LiveRegion } from './live-region.js';
import { columnsOf } from './screen.js';

export interface Interruption {
  /** Said at once at the first Ctrl-C: what is being ended. Nothing is said without it. */
  readonly ending?: () => string;
  /** Ends, without waiting for anything, what would outlive this process. */
  readonly atOnce?: () => unknown;
}

/**
 * npx and npm pass on the signal that the terminal sends to them and to msx alike: what comes this soon is the same
 * Ctrl-C once more. No person presses it twice in that time.
 */
const SAME_PRESS_MS = 60;

/**
 * Aborted by the first Ctrl-C or SIGTERM; the second ends the process. Until then it goes on listening: what runs programs
 * for us (execa) and what hides the cursor (cli-cursor) end the process at once when they hear a signal that nobody else
 * listens to.
 */
export function interrupted({ ending, atOnce }: Interruption = {}): AbortSignal {
  const controller = new AbortController();
  // It ends all that is at work side by side, however much that is.
  setMaxListeners(Infinity, controller.signal);
  let pressedAt = -Infinity;
  let forcing = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const listener = async () => {
      if (performance.now() - pressedAt < SAME_PRESS_MS) return;
      if (!controller.signal.aborted) {
        if (signal === 'SIGINT') LiveRegion.leaveEcho();
        if (ending) say(`${ending()} (Ctrl-C again: at once)`);
        pressedAt = performance.now();
        return controller.abort();
      }
      pressedAt = performance.now();
      try {
        if (atOnce && !forcing) {
          forcing = true;
          if (signal === 'SIGINT') LiveRegion.leaveEcho();
          LiveRegion.dismiss();
          await atOnce();
        }
      } finally {
        process.off(signal, listener);
        process.kill(process.pid, signal);
      }
    };
    process.on(signal, listener);
  }
  return controller.signal;
}

const say = (text: string) => LiveRegion.print(fold(text, columnsOf(process.stderr)), process.stderr);
