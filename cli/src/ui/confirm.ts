import { createInterface } from 'node:readline/promises';
import { MsxError } from '../errors/msx-error.js';
import { LiveRegion } from './live-region.js';

/** Whether the person says yes. Throws CONFIRMATION_NEEDED where there is nobody to ask. */
export async function confirm(what: string, question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw new MsxError('CONFIRMATION_NEEDED', { what });
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await LiveRegion.apart(() => prompt.question(`${question} [y/N] `));
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    prompt.close();
  }
}
