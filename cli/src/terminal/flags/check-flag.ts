import * as Flags from '@oclif/core/flags';

/** `--check` of commands that write derived files. */
export const checkFlag = {
  check: Flags.boolean({ description: 'write nothing; fail if something would change' }),
};
