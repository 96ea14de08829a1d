import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { joinRunning } from '../../running/dev/join-running.js';
import { generateConsumer } from '../../code/generate/consumer/generate-consumer.js';
import { withGeneratorContext } from '../../code/generate/generator-context.js';
import { templateFolder } from '../../installation.js';
import { loadSystem } from '../../model/system/load-system.js';
import { GeneratingCommand } from '../../terminal/base-commands/generating-command.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';

export default class GenerateConsumer extends GeneratingCommand {
  static override summary = 'Generate an event handler in a service.';
  static override description =
    'Generates a consumer that handles each event once, its entry in msx.yaml, and a test. What the service does with the event is yours to write.';
  static override examples = ['<%= config.bin %> <%= command.id %> order.created --service user'];
  static override args = {
    topic: Args.string({ description: 'topic in msx.yaml', required: true, ignoreStdin: true }),
  };
  static override flags = {
    service: Flags.string({
      required: true,
      helpValue: 'SERVICE',
      description: 'service that consumes the event',
    }),
    'dry-run': Flags.boolean({ description: 'write nothing; show what would change' }),
  };

  async run() {
    const { args, flags } = await this.parse(GenerateConsumer);
    const { 'dry-run': dryRun, service } = flags;
    const root = this.root();
    const options = { root, templates: templateFolder(), interrupted: interruptSignal() };
    const work = withGeneratorContext(options, (context) =>
      generateConsumer(context, { topic: args.topic, service }, { dryRun }),
    );
    const { diff, ...report } = await this.during(`adding a consumer of ${args.topic}`, work);
    if (!dryRun) await joinRunning(loadSystem(root), []);
    this.report({ ...report, diff }, { dryRun });
    return dryRun ? { ...report, diff } : report;
  }
}
