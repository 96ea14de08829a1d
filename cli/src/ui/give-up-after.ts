import * as Flags from '@oclif/core/flags';

/** The flag `--timeout` of a command that waits for something. */
export const giveUpAfter = (seconds: number, description = 'give up after') =>
  Flags.integer({ default: seconds, min: 1, helpValue: 'SECONDS', description });
