import { run } from '@oclif/core/run';
import { packageFolder } from '../../installation.js';

/** Runs a command line with all that oclif knows: help, topics, and suggestions for an unknown name. */
export const runByOclif = (argv: readonly string[]): Promise<unknown> =>
  run(withHelpFlag(argv), { root: packageFolder });

/** `msx help dev start` means `msx dev start --help`, as in many other programs. */
const withHelpFlag = ([first, ...rest]: readonly string[]): string[] =>
  first === 'help' ? [...rest, '--help'] : [first, ...rest].filter((each) => each !== undefined);
