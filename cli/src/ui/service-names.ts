import * as Args from '@oclif/core/args';

/** `[SERVICE…]` of a command line. Never read from stdin, which may be a pipe that never ends. */
export const serviceNames = (description: string) => ({
  service: Args.string({ description, multiple: true, ignoreStdin: true }),
});
