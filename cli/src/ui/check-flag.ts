import * as Flags from '@oclif/core/flags';

/** Of commands that write what follows from other files. */
export const checkFlag = {
  check: Flags.boolean({ description: 'write nothing; fail if something would change' }),
};
