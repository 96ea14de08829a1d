import * as Args from '@oclif/core/args';

/** The argument `[SERVICE]` of commands for one GraphQL service. */
export const gatewayName = {
  service: Args.string({
    description: 'GraphQL service (default: the only one)',
    ignoreStdin: true,
  }),
};
