import { coloursOf } from '../screen/colours.js';
import { QUIET_MS, progressView } from './progress-view.js';

/**
 * Shows what the command is waiting for, if the work takes a while: a spinner with the elapsed seconds on a terminal,
 * removed when the work is done, and otherwise a line. On stderr, because standard output may be piped.
 */
export async function during<T>(what: string, work: Promise<T>): Promise<T> {
  const startedAt = Date.now();
  let settled = false;
  let hide = () => {};
  const show = async () => {
    const view = await progressView({ silent: false, stream: process.stderr, eager: true });
    hide = () => view.end({ remove: true });
    if (settled) return hide();
    view.show(what, 'pending', { live: () => waitingText(what, Date.now() - startedAt), line: `${what}…` });
  };
  const timer = setTimeout(() => void show(), QUIET_MS);
  try {
    return await work;
  } finally {
    settled = true;
    clearTimeout(timer);
    hide();
  }
}

const waitingText = (what: string, ms: number): string =>
  `${what} ${coloursOf(process.stderr).dim(`${Math.floor(ms / 1_000)} s`)}`;
