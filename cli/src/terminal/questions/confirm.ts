import { MsxError } from '../errors/msx-error.js';
import { ask } from './ask.js';
import { discardTypeAhead } from './discard-type-ahead.js';
import { LiveRegion } from '../progress/live-region.js';

/**
 * Whether the user answers yes. Throws INTERRUPTED, and without a terminal CONFIRMATION_NEEDED; `flag` is what confirms
 * in advance (default: `--yes`).
 */
export async function confirm(what: string, question: string, flag?: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new MsxError('CONFIRMATION_NEEDED', flag ? { what, flag } : { what });
  const answer = await LiveRegion.whileHidden(async () => {
    await discardTypeAhead();
    return ask(`${question} [y/N] `, '--yes');
  });
  return /^y(es)?$/i.test(answer.trim());
}
