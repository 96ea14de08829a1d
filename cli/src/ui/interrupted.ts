import { setMaxListeners } from 'node:events';

/**
 * Aborted by the first Ctrl-C, or its like; the second ends the process as ever. Until then it goes on listening: what
 * runs programs for us (execa) ends the process at once when it hears a signal that nobody else listens to any more.
 */
export function interrupted(): AbortSignal {
  const controller = new AbortController();
  // It ends all that is at work side by side, however much that is.
  setMaxListeners(Infinity, controller.signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const listener = () => {
      if (!controller.signal.aborted) return controller.abort();
      process.off(signal, listener);
      process.kill(process.pid, signal);
    };
    process.on(signal, listener);
  }
  return controller.signal;
}
