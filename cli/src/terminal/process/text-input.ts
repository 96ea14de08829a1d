import { buffer } from 'node:stream/consumers';
import { MsxError } from '../errors/msx-error.js';
import { fileProblem } from '../errors/file-problem.js';
import { decodeText, readText } from '../../model/system/read-file.js';

export interface TextSource {
  /** The name of the text in errors: `the query`. */
  readonly what: string;
  readonly argument?: string;
  readonly file?: string;
}

/** Reads a text from the command line, a file, or otherwise standard input. Throws USAGE if it is missing. */
export async function textInput({ what, argument, file }: TextSource): Promise<string> {
  if (argument !== undefined && file !== undefined)
    throw new MsxError('USAGE', { reason: `${what} is given twice: as an argument and with --file` });
  const text = argument ?? (file === undefined ? await fromStdin(what) : fromFile(file));
  if (!text.trim()) throw new MsxError('USAGE', { reason: `${what} is missing` });
  return text;
}

const EXAMPLE = '{"id": "1"}';

/** Parses a JSON object, or the file named after an `@`. Throws USAGE. */
export function objectInput(text: string, flag: string): Record<string, unknown> {
  const source = text.startsWith('@') ? fromFile(text.slice(1)) : text;
  let value: unknown;
  try {
    // Shells and editors on Windows may put a byte order mark before a text.
    value = JSON.parse(source.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new MsxError('USAGE', {
      reason: `${flag} must be a JSON object, such as ${EXAMPLE}: ${(error as Error).message}`,
    });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new MsxError('USAGE', { reason: `${flag} must be a JSON object, such as ${EXAMPLE}` });
}

async function fromStdin(what: string): Promise<string> {
  if (process.stdin.isTTY)
    throw new MsxError('USAGE', {
      reason: `${what} is missing: pass it as an argument or with --file, or pipe it in`,
    });
  return decodeText(await buffer(process.stdin), 'standard input');
}

function fromFile(file: string): string {
  try {
    return readText(file);
  } catch (error) {
    if (error instanceof MsxError) throw error;
    throw new MsxError('USAGE', {
      reason: `cannot read ${file}: ${fileProblem(error as NodeJS.ErrnoException) ?? (error as Error).message}`,
    });
  }
}
