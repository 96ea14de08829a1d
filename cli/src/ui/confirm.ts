import { createInterface } from 'node:readline/promises';
import { MsxError } from '../errors/msx-error.js';

/** Whether the person says yes. Throws CONFIRMATION_NEEDED where there is nobody to ask. */
export async function confirm(what: string, question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw new MsxError('CONFIRMATION_NEEDED', { what });
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
  } finally {
    prompt.close();
  }
}
