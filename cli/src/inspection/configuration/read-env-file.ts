import { parseEnv } from 'node:util';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { fileProblem } from '../../terminal/errors/file-problem.js';
import { readText } from '../../model/system/read-file.js';

/** The variables of a file of `NAME=value` lines. Throws USAGE. */
export function readEnvFile(file: string): NodeJS.ProcessEnv {
  try {
    return parseEnv(readText(file)) as NodeJS.ProcessEnv;
  } catch (error) {
    throw new MsxError('USAGE', {
      reason: `cannot read ${file}: ${fileProblem(error as NodeJS.ErrnoException) ?? (error as Error).message}`,
    });
  }
}
