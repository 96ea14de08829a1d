import * as Flags from '@oclif/core/flags';
import { relative } from 'node:path';
import { buildStale } from '../../code/build/build-stale.js';
import { chooseGateway } from '../../inspection/graphql/choose-gateway.js';
import { isKept, keepSchema, schemaFileOf } from '../../inspection/graphql/schema-file.js';
import { schemaOf } from '../../inspection/graphql/schema-of.js';
import { gatewayName } from '../../terminal/flags/gateway-name.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';

export default class GraphqlSchema extends MsxCommand {
  static override summary = 'Print the GraphQL schema that the resolvers declare.';
  static override description =
    'The gateway is built if it is stale; it does not have to run. --write saves the schema as schema.graphql in its folder: commit that file, so that msx graphql check can compare with it.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --write',
    '<%= config.bin %> <%= command.id %> --federation > subgraph.graphql',
  ];
  static override args = gatewayName;
  static override flags = {
    write: Flags.boolean({
      char: 'w',
      description: 'save the schema as schema.graphql in the folder of the service',
    }),
    federation: Flags.boolean({
      exclusive: ['write'],
      description: 'print the schema as a federation subgraph',
    }),
  };

  async run() {
    const { args, flags } = await this.parse(GraphqlSchema);
    const system = await this.loadSystem();
    const gateway = chooseGateway(system, args.service);
    await this.during('building stale packages', buildStale(system, [gateway]));
    const schema = await this.during('reading the schema of the gateway', schemaOf(system, gateway, flags));
    if (!flags.write) {
      if (!this.jsonEnabled()) process.stdout.write(schema);
      return { service: gateway.name, schema };
    }
    const file = relative(system.root, schemaFileOf(gateway));
    const changed = !isKept(gateway, schema);
    if (changed) keepSchema(gateway, schema);
    this.log(changed ? `wrote ${file}` : `${file} is up to date`);
    return { service: gateway.name, file, changed };
  }
}
