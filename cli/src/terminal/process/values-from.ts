import { createInterface } from 'node:readline';
import { MsxError } from '../errors/msx-error.js';

interface Source {
  readonly argument?: string | undefined;
  /** Whether there is one record without a value. */
  readonly tombstone: boolean;
}

/** The values of records: the argument, none, or the lines of standard input. Throws USAGE. */
export function valuesFrom({ argument, tombstone }: Source): AsyncIterable<string | null> {
  if (tombstone && argument !== undefined)
    throw new MsxError('USAGE', { reason: '--tombstone writes a record without a value' });
  if (tombstone || argument !== undefined) return only(argument ?? null);
  if (process.stdin.isTTY)
    throw new MsxError('USAGE', { reason: 'the value is missing: pass it as an argument, or pipe lines in' });
  return linesOfStdin();
}

/** The interface is made when its lines are wanted: those that come before are lost. */
async function* linesOfStdin(): AsyncGenerator<string> {
  yield* createInterface({ input: process.stdin, crlfDelay: Infinity });
}

async function* only(value: string | null): AsyncGenerator<string | null> {
  yield value;
}
