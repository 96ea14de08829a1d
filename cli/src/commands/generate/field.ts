import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { generateFields } from '../../code/generate/field/generate-fields.js';
import { withGeneratorContext } from '../../code/generate/generator-context.js';
import { templateFolder } from '../../installation.js';
import { GeneratingCommand } from '../../terminal/base-commands/generating-command.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';

export default class GenerateField extends GeneratingCommand {
  static override summary = 'Add fields to an entity of a service, from the table to the gateway.';
  static override description =
    'Adds each field to the contract under the next free number, to the entity, its rules and messages, and to the model and arguments of the gateway, with a migration that gives existing rows the default, and tests. Code that was edited is extended, not rewritten; if a place is not found, nothing is written and msx tells you what to add by hand.';
  static override examples = [
    "<%= config.bin %> <%= command.id %> Order 'carrier:string' 'weight:int=0'",
    "<%= config.bin %> <%= command.id %> StockItem 'kind:enum(small|large)' --dry-run",
  ];
  static override strict = false;
  static override args = {
    entity: Args.string({ description: 'entity, such as Order', required: true, ignoreStdin: true }),
    fields: Args.string({
      description:
        'fields as name:type; types: string, int, float, bool, money, datetime, id, string[], enum(a|b); =value sets a default',
      required: true,
      ignoreStdin: true,
    }),
  };
  static override flags = {
    'dry-run': Flags.boolean({ description: 'write nothing; show what would change' }),
  };

  async run() {
    const { args, argv, flags } = await this.parse(GenerateField);
    const dryRun = flags['dry-run'];
    const request = { entity: args.entity, fields: (argv as string[]).slice(1) };
    const options = { root: this.root(), templates: templateFolder(), interrupted: interruptSignal() };
    const work = withGeneratorContext(options, (context) => generateFields(context, request, { dryRun }));
    const { diff, ...report } = await this.during(`adding to ${args.entity}`, work);
    this.report({ ...report, diff }, { dryRun });
    if (!dryRun && report.changed.length > 0) this.nextSteps(stepsAfter(report.service));
    return dryRun ? { ...report, diff } : report;
  }
}

const stepsAfter = (service: string): string[] => [`msx db migrate ${service}`, 'msx graphql schema --write'];
