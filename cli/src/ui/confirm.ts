import { MsxError } from '../errors/msx-error.js';
import { ask } from './ask.js';
import { LiveRegion } from './live-region.js';

/** Whether the person says yes. Throws CONFIRMATION_NEEDED where there is nobody to ask, and INTERRUPTED. */
export async function confirm(what: string, question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw new MsxError('CONFIRMATION_NEEDED', { what });
  const answer = await LiveRegion.apart(() => ask(`${question} [y/N] `, '--yes'));
  return /^y(es)?$/i.test(answer.trim());
}
