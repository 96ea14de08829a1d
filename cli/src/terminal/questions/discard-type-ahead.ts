import { setTimeout as pause } from 'node:timers/promises';
import { MsxError } from '../errors/msx-error.js';

/** Buffered input arrives at once when it is read. */
const DRAIN_MS = 50;
const CTRL_C = '\u0003';

/**
 * Discards what was typed before a question was shown: it was meant for something else, and must not confirm anything.
 * Throws INTERRUPTED if it contains a Ctrl-C.
 */
export async function discardTypeAhead(stdin = process.stdin): Promise<void> {
  const { isRaw } = stdin;
  let typed = '';
  const note = (chunk: Buffer | string) => (typed += chunk.toString());
  // A terminal in line mode does not deliver input before Enter.
  stdin.setRawMode(true);
  stdin.on('data', note);
  try {
    await pause(DRAIN_MS);
  } finally {
    stdin.off('data', note).pause();
    stdin.setRawMode(isRaw);
  }
  if (typed.includes(CTRL_C)) throw new MsxError('INTERRUPTED', {});
}
