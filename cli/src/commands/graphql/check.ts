import * as Flags from '@oclif/core/flags';
import { buildStale } from '../../code/build/build-stale.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { allowedMissing } from '../../code/git/allowed-missing.js';
import { chooseGateway } from '../../inspection/graphql/choose-gateway.js';
import { compareSchemas } from '../../inspection/graphql/compare-schemas.js';
import { SCHEMA_FILE, isKept, schemaAt } from '../../inspection/graphql/schema-file.js';
import { schemaOf } from '../../inspection/graphql/schema-of.js';
import { allowMissing } from '../../terminal/flags/allow-missing.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { gatewayName } from '../../terminal/flags/gateway-name.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import type { SchemaChange } from '../../inspection/graphql/compare-schemas.js';

export default class GraphqlCheck extends MsxCommand {
  static override summary = 'Find schema changes that would break clients, compared with a commit.';
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
      description: 'branch, tag or commit to compare with',
    }),
    'allow-breaking': Flags.boolean({ description: 'report breaking changes but exit with 0' }),
    'allow-missing': allowMissing,
  };

  async run() {
    const { args, flags } = await this.parse(GraphqlCheck);
    const system = await this.loadSystem();
    const gateway = chooseGateway(system, args.service);
    const ref = flags.against;
    const earlier = await schemaAt(system, gateway, ref).catch((error: unknown) => ({
      missing: allowedMissing(error, flags['allow-missing']),
    }));
    await this.during('building stale packages', buildStale(system, [gateway]));
    const schema = await this.during('reading the schema of the gateway', schemaOf(system, gateway));
    const kept = isKept(gateway, schema);
    if (typeof earlier !== 'string') {
      this.log(`nothing was compared: ${earlier.missing}`);
      return { service: gateway.name, against: ref, ...earlier, changes: [], kept };
    }
    const changes = await compareSchemas(
      { name: `${SCHEMA_FILE} at ${ref}`, text: earlier },
      { name: gateway.name, text: schema },
    );
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
