import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { joinRunning } from '../../running/dev/join-running.js';
import { generateEvent } from '../../code/generate/event/generate-event.js';
import { withGeneratorContext } from '../../code/generate/generator-context.js';
import { templateFolder } from '../../installation.js';
import { loadSystem } from '../../model/system/load-system.js';
import { GeneratingCommand } from '../../terminal/base-commands/generating-command.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';

export default class GenerateEvent extends GeneratingCommand {
  static override summary = 'Generate an event that a service publishes.';
  static override description =
    'Generates the message in the contract, the topic in msx.yaml, a function that publishes the event through the outbox within the transaction that causes it, and a test.';
  static override examples = [
    "<%= config.bin %> <%= command.id %> order.shipped --service order --fields 'orderId:id,carrier:string!'",
  ];
  static override args = {
    topic: Args.string({
      description: 'topic, in the form thing.happened',
      required: true,
      ignoreStdin: true,
    }),
  };
  static override flags = {
    service: Flags.string({
      required: true,
      helpValue: 'SERVICE',
      description: 'service that publishes the event',
    }),
    fields: Flags.string({
      required: true,
      helpValue: 'FIELDS',
      description:
        'fields as name:type, separated by commas; types: string, int, float, bool, datetime, id; the first id is the key of the event',
    }),
    'dry-run': Flags.boolean({ description: 'write nothing; show what would change' }),
  };

  async run() {
    const { args, flags } = await this.parse(GenerateEvent);
    const { 'dry-run': dryRun, service, fields } = flags;
    const root = this.root();
    const options = { root, templates: templateFolder(), interrupted: interruptSignal() };
    const work = withGeneratorContext(options, (context) =>
      generateEvent(context, { topic: args.topic, service, fields }, { dryRun }),
    );
    const { diff, ...report } = await this.during(`adding ${args.topic}`, work);
    if (!dryRun) await joinRunning(loadSystem(root), []);
    this.report({ ...report, diff }, { dryRun });
    return dryRun ? { ...report, diff } : report;
  }
}
