import * as Flags from '@oclif/core/flags';
import { buildStale } from '../../build/build-stale.js';
import { MsxError } from '../../errors/msx-error.js';
import { chooseGateway } from '../../graphql/choose-gateway.js';
import { compareSchemas } from '../../graphql/compare-schemas.js';
import { SCHEMA_FILE, isKept, schemaAt } from '../../graphql/schema-file.js';
import { schemaOf } from '../../graphql/schema-of.js';
import { coloursOf } from '../../ui/colours.js';
import { gatewayName } from '../../ui/gateway-name.js';
import { MsxCommand } from '../../ui/msx-command.js';
import type { SchemaChange } from '../../graphql/compare-schemas.js';

export default class GraphqlCheck extends MsxCommand {
  static override summary =
    'Find changes that would break clients: compare the schema with that of a commit.';
  static override description =
    'Compares the current resolvers with schema.graphql in git. Exits with 1 when existing clients would break.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --against origin/main',
    '<%= config.bin %> <%= command.id %> --against v1.2.0 --allow-breaking --json',
  ];
  static override args = gatewayName;
  static override flags = {
    against: Flags.string({
      default: 'HEAD',
      helpValue: 'REF',
      description: 'commit, branch or tag to compare with',
    }),
    'allow-breaking': Flags.boolean({ description: 'report breaking changes but exit with 0' }),
  };

  async run() {
    const { args, flags } = await this.parse(GraphqlCheck);
    const system = await this.loadSystem();
    const gateway = chooseGateway(system, args.service);
    const ref = flags.against;
    const former = await schemaAt(system, gateway, ref);
    await this.during('building what is stale', buildStale(system, [gateway]));
    const schema = await this.during('asking the gateway for its schema', schemaOf(system, gateway));
    const changes = await compareSchemas(
      { name: `${SCHEMA_FILE} at ${ref}`, text: former },
      { name: gateway.name, text: schema },
    );
    const kept = isKept(gateway, schema);
    this.#print(changes, { ref, kept });
    const breaking = changes.filter(({ level }) => level === 'breaking');
    if (breaking.length > 0 && !flags['allow-breaking'])
      throw new MsxError('SCHEMA_BREAKS', { service: gateway.name, ref, count: breaking.length, changes });
    return { service: gateway.name, against: ref, changes, kept };
  }

  #print(changes: SchemaChange[], { ref, kept }: { ref: string; kept: boolean }): void {
    const { red, yellow, green, dim } = coloursOf(process.stdout);
    const colour = { breaking: red, dangerous: yellow, harmless: green };
    for (const { level, message } of changes) this.log(`${colour[level](level.padEnd(9))}  ${message}`);
    if (changes.length === 0) this.log(`nothing has changed since ${ref}`);
    if (!kept) this.log(dim(`${SCHEMA_FILE} is not up to date: msx graphql schema --write`));
  }
}
