import { settings } from '@oclif/core/settings';
import { namedCommand, runNamed } from './terminal/usage/named-command.js';
import { guardOutput } from './terminal/process/guard-output.js';
import { errorOfOclif } from './terminal/usage/oclif-errors.js';
import { printError } from './terminal/process/print-error.js';
import type { LoadedCommand } from './terminal/usage/named-command.js';

/**
 * Runs one command line; `loaded` is a command that came with this program. Never rejects: errors are printed and set the
 * exit code.
 */
export async function main(argv: string[], loaded?: LoadedCommand): Promise<void> {
  // Otherwise oclif would look for a compiler if NODE_ENV is `development` or `test`.
  settings.enableAutoTranspile = false;
  guardOutput();
  try {
    const named = await namedCommand(argv, loaded);
    if (named) return void (await runNamed(named));
    const { runByOclif } = await import('./terminal/usage/run-by-oclif.js');
    await runByOclif(argv);
  } catch (thrown) {
    const error = errorOfOclif(thrown);
    if (error) printError(error, { json: argv.includes('--json') });
  }
}
