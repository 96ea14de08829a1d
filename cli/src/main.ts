import { run } from '@oclif/core/run';
import { settings } from '@oclif/core/settings';
import { packageFolder } from './installation.js';
import { guardOutput } from './ui/guard-output.js';
import { errorOfOclif } from './ui/oclif-errors.js';
import { printError } from './ui/print-error.js';

/** Runs one command line. Never rejects: what went wrong is printed, and becomes the exit code. */
export async function main(argv: string[]): Promise<void> {
  // Else oclif would look for a compiler when NODE_ENV is `development` or `test`.
  settings.enableAutoTranspile = false;
  guardOutput();
  try {
    await run(argv, { root: packageFolder });
  } catch (thrown) {
    const error = errorOfOclif(thrown);
    if (error) printError(error, { json: argv.includes('--json') });
  }
}
