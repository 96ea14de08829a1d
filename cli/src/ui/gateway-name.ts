import * as Args from '@oclif/core/args';

/** `[SERVICE]` of a command line that is about one GraphQL service. */
export const gatewayName = {
  service: Args.string({
    description: 'GraphQL service (default: the only one)',
    ignoreStdin: true,
  }),
};
