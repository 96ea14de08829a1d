import * as Flags from '@oclif/core/flags';

/** `--allow-missing` of commands that compare with a commit, and fail if it has nothing to compare with. */
export const allowMissing = Flags.boolean({
  description: 'exit with 0 if that commit has nothing to compare with',
});
