import * as Args from '@oclif/core/args';

/** The argument `[SERVICE…]`. It is never read from stdin, which may be a pipe that never ends. */
export const serviceNames = (description: string) => ({
  service: Args.string({ description, multiple: true, ignoreStdin: true }),
});
