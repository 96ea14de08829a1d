import { coloursOf } from './colours.js';
import { isLive } from './screen.js';
import { FRAME_MS, frameAt } from './spinner.js';

/** What is over sooner than this is not announced. */
export const QUIET_MS = 1_000;

/**
 * Says what a person waits for while work takes longer than a moment: on a terminal a spinner with the seconds, which
 * goes when the work is done, elsewhere a line. On stderr, since what the command prints may be piped on.
 */
export async function during<T>(what: string, work: Promise<T>): Promise<T> {
  let settled = false;
  let hide: (() => void) | undefined;
  const timer = setTimeout(async () => {
    if (!isLive(process.stderr)) return void process.stderr.write(`${what}…\n`);
    const { LiveRegion } = await import('./live-region.js');
    if (!settled) hide = spin(what, await LiveRegion.open(process.stderr));
  }, QUIET_MS);
  try {
    return await work;
  } finally {
    settled = true;
    clearTimeout(timer);
    hide?.();
  }
}

function spin(what: string, region: import('./live-region.js').LiveRegion): () => void {
  const { cyan, dim } = coloursOf(process.stderr);
  const began = Date.now() - QUIET_MS;
  let step = 0;
  const draw = () => {
    const seconds = Math.floor((Date.now() - began) / 1_000);
    region.draw([`${cyan(frameAt(step++))} ${what} ${dim(`${seconds} s`)}`]);
  };
  draw();
  const timer = setInterval(draw, FRAME_MS).unref();
  return () => {
    clearInterval(timer);
    region.remove();
  };
}
