import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { MsxError } from '../errors/msx-error.js';

/** The variables of a file of `NAME=value` lines. Throws USAGE. */
export function readEnvFile(file: string): NodeJS.ProcessEnv {
  try {
    return parseEnv(readFileSync(file, 'utf8')) as NodeJS.ProcessEnv;
  } catch (error) {
    throw new MsxError('USAGE', { reason: `--env-file cannot be read: ${(error as Error).message}` });
  }
}
