import { run } from '@oclif/core/run';
import { settings } from '@oclif/core/settings';
import { packageFolder } from './installation.js';
import { guardOutput } from './terminal/process/guard-output.js';
import { errorOfOclif } from './terminal/usage/oclif-errors.js';
import { printError } from './terminal/process/print-error.js';

/** Runs one command line. Never rejects: errors are printed and set the exit code. */
export async function main(argv: string[]): Promise<void> {
  // Otherwise oclif would look for a compiler if NODE_ENV is `development` or `test`.
  settings.enableAutoTranspile = false;
  guardOutput();
  try {
    await run(withHelpFlag(argv), { root: packageFolder });
  } catch (thrown) {
    const error = errorOfOclif(thrown);
    if (error) printError(error, { json: argv.includes('--json') });
  }
}

/** `msx help dev start` means `msx dev start --help`, as in many other programs. */
const withHelpFlag = ([first, ...rest]: string[]): string[] =>
  first === 'help' ? [...rest, '--help'] : [first, ...rest].filter((each) => each !== undefined);
