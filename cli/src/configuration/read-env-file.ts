import { parseEnv } from 'node:util';
import { MsxError } from '../errors/msx-error.js';
import { fileTrouble } from '../errors/system-errors.js';
import { readText } from '../system/read-file.js';

/** The variables of a file of `NAME=value` lines. Throws USAGE. */
export function readEnvFile(file: string): NodeJS.ProcessEnv {
  try {
    return parseEnv(readText(file)) as NodeJS.ProcessEnv;
  } catch (error) {
    throw new MsxError('USAGE', {
      reason: `cannot read ${file}: ${fileTrouble(error as NodeJS.ErrnoException) ?? (error as Error).message}`,
    });
  }
}
