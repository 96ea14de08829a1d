import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { joinRunning } from '../../dev/join-running.js';
import { generateConsumer } from '../../generate/consumer/generate-consumer.js';
import { inWorkshop } from '../../generate/workshop.js';
import { templateFolder } from '../../installation.js';
import { loadSystem } from '../../system/load-system.js';
import { GeneratingCommand } from '../../ui/generating-command.js';
import { interrupted } from '../../ui/interrupted.js';

export default class GenerateConsumer extends GeneratingCommand {
  static override summary = 'Generate an event handler in a service.';
  static override description =
    'Generates a consumer that handles each event once, its entry in msx.yaml, and a test. What the service does with the event is yours to write.';
  static override examples = ['<%= config.bin %> <%= command.id %> order.created --service user'];
  static override args = {
    topic: Args.string({ description: 'topic in msx.yaml', required: true, ignoreStdin: true }),
  };
  static override flags = {
    service: Flags.string({ required: true, description: 'service that consumes it' }),
    'dry-run': Flags.boolean({ description: 'write nothing; show what would change' }),
  };

  async run() {
    const { args, flags } = await this.parse(GenerateConsumer);
    const { 'dry-run': dryRun, service } = flags;
    const root = this.root();
    const options = { root, templates: templateFolder(), interrupted: interrupted() };
    const work = inWorkshop(options, (workshop) =>
      generateConsumer(workshop, { topic: args.topic, service }, { dryRun }),
    );
    const { diff, ...report } = await this.during(`adding a consumer of ${args.topic}`, work);
    if (!dryRun) await joinRunning(loadSystem(root), []);
    this.tell({ ...report, diff }, { dryRun });
    return dryRun ? { ...report, diff } : report;
  }
}
