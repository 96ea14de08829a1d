import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { destroyField } from '../../code/generate/field/destroy-field.js';
import { withGeneratorContext } from '../../code/generate/generator-context.js';
import { committedText } from '../../code/git/committed-text.js';
import { templateFolder } from '../../installation.js';
import { GeneratingCommand } from '../../terminal/base-commands/generating-command.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';

export default class DestroyField extends GeneratingCommand {
  static override summary = 'Remove a field of an entity, from the table to the gateway.';
  static override description =
    'A generated field that is not committed to git yet is undone. Any other field is removed the safe way: its number and name stay reserved in the contract, and a new migration drops its columns. That breaks clients that use the field. If your own code uses it, nothing is written.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> Order carrier',
    '<%= config.bin %> <%= command.id %> Order carrier --dry-run',
  ];
  static override args = {
    entity: Args.string({ description: 'entity, such as Order', required: true, ignoreStdin: true }),
    field: Args.string({ description: 'name of the field', required: true, ignoreStdin: true }),
  };
  static override flags = {
    'dry-run': Flags.boolean({ description: 'remove nothing; show what would change' }),
  };

  async run() {
    const { args, flags } = await this.parse(DestroyField);
    const dryRun = flags['dry-run'];
    const root = this.root();
    const options = { root, templates: templateFolder(), interrupted: interruptSignal() };
    const work = withGeneratorContext(options, (context) =>
      destroyField(context, args, { dryRun, committed: committedText(root) }),
    );
    const { diff, ...report } = await this.during(`removing ${args.field}`, work);
    this.report({ ...report, diff }, { dryRun });
    if (!dryRun && report.changed.length > 0)
      this.nextSteps([
        report.way === 'reserved' ? 'msx proto breaking' : 'msx build',
        `msx db migrate ${report.service}`,
      ]);
    return dryRun ? { ...report, diff } : report;
  }
}
