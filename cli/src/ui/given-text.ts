import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { MsxError } from '../errors/msx-error.js';
import { fileTrouble } from '../errors/system-errors.js';

export interface TextSource {
  /** What the text is called when it is missing: `a query`. */
  readonly what: string;
  readonly argument?: string;
  readonly file?: string;
}

/** A text from the command line, from a file, or else from standard input. Throws USAGE where there is none. */
export async function givenText({ what, argument, file }: TextSource): Promise<string> {
  if (argument !== undefined && file !== undefined)
    throw new MsxError('USAGE', { reason: `${what} is given twice: as an argument and with --file` });
  const given = argument ?? (file === undefined ? await fromStdin(what) : fromFile(file));
  if (!given.trim()) throw new MsxError('USAGE', { reason: `${what} is missing` });
  return given;
}

const EXAMPLE = '{"id": "1"}';

/** A JSON object, or the name of a file that holds one, behind an `@`. Throws USAGE. */
export function givenObject(text: string, flag: string): Record<string, unknown> {
  const source = text.startsWith('@') ? fromFile(text.slice(1)) : text;
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    throw new MsxError('USAGE', {
      reason: `${flag} must be a JSON object, like ${EXAMPLE}: ${(error as Error).message}`,
    });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new MsxError('USAGE', { reason: `${flag} must be a JSON object, like ${EXAMPLE}` });
}

function fromStdin(what: string): Promise<string> {
  if (process.stdin.isTTY)
    throw new MsxError('USAGE', { reason: `${what} is missing: name it, pass --file, or pipe it in` });
  return text(process.stdin);
}

function fromFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new MsxError('USAGE', {
      reason: `cannot read ${file}: ${fileTrouble(error as NodeJS.ErrnoException) ?? (error as Error).message}`,
    });
  }
}
