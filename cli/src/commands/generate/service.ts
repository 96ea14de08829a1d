import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { joinRunning } from '../../running/dev/join-running.js';
import { generateService } from '../../code/generate/service/generate-service.js';
import { withGeneratorContext } from '../../code/generate/generator-context.js';
import { templateFolder } from '../../installation.js';
import { loadSystem } from '../../model/system/load-system.js';
import { askService } from '../../terminal/questions/ask-service.js';
import { GeneratingCommand } from '../../terminal/base-commands/generating-command.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';
import { Questions } from '../../terminal/questions/questions.js';
import { runTasks } from '../../terminal/progress/run-tasks.js';
import type { GeneratedService } from '../../code/generate/service/generate-service.js';

export default class GenerateService extends GeneratingCommand {
  static override summary = 'Generate a service that stores an entity, and its slice of the gateway.';
  static override description =
    'Generates the contract, entity, migration, rules, service, controller and events; the model, resolver and loader of the gateway; tests, a README, and the entry in msx.yaml. Adds lines to existing files, such as the modules of the gateway, and renders derived files again. If msx dev start --watch is running, the service starts at once.';
  static override examples = [
    "<%= config.bin %> <%= command.id %> inventory --entity StockItem --fields 'sku:string!,price:money,stock:int=0,kind:enum(a|b)'",
    '<%= config.bin %> <%= command.id %>',
    "<%= config.bin %> <%= command.id %> people --entity Person --plural folk --fields 'name:string!' --no-gateway --dry-run",
  ];
  static override args = {
    name: Args.string({ description: 'name of the service; asked for if missing', ignoreStdin: true }),
  };
  static override flags = {
    entity: Flags.string({
      helpValue: 'NAME',
      description: 'entity it stores, in the singular; asked for if missing',
    }),
    fields: Flags.string({
      helpValue: 'FIELDS',
      description:
        'fields as name:type, separated by commas; types: string, int, float, bool, money, datetime, id, string[], enum(a|b); ! marks a required field, =value sets a default',
    }),
    plural: Flags.string({
      helpValue: 'NAME',
      description: 'plural of the entity (default: the regular English plural)',
    }),
    port: Flags.integer({
      helpValue: 'PORT',
      min: 1,
      max: 65_535,
      description: 'port of the service (default: the next free one)',
    }),
    gateway: Flags.string({
      helpValue: 'SERVICE',
      description: 'gateway that exposes the service (default: the first in msx.yaml)',
      exclusive: ['no-gateway'],
    }),
    'no-gateway': Flags.boolean({ description: 'do not expose the service in a gateway' }),
    'dry-run': Flags.boolean({ description: 'write nothing; show what would change' }),
  };

  async run() {
    const { args, flags } = await this.parse(GenerateService);
    const root = this.root();
    const answers = await askService({ ...flags, name: args.name }, new Questions(!this.jsonEnabled()));
    const request = {
      ...answers,
      plural: flags.plural,
      port: flags.port,
      gateway: flags['no-gateway'] ? (false as const) : flags.gateway,
    };
    const options = { root, templates: templateFolder(), interrupted: interruptSignal() };
    const dryRun = flags['dry-run'];
    const made = await this.#make(request.name, () =>
      withGeneratorContext(options, (context) => generateService(context, request, { dryRun })),
    );
    this.report(made, { dryRun });
    const { diff, ...report } = made;
    if (dryRun) return { ...report, diff };
    return { ...report, running: await this.#join(root, made) };
  }

  async #make(name: string, work: () => Promise<GeneratedService>): Promise<GeneratedService> {
    let made: GeneratedService;
    const title = `generating ${name}`;
    const task = {
      title,
      work: async () => {
        made = await work();
        return `${made.service}, on port ${made.port}`;
      },
    };
    await runTasks([task], { silent: this.jsonEnabled() });
    return made!;
  }

  async #join(root: string, { service }: GeneratedService) {
    const running = await joinRunning(loadSystem(root), [service]);
    this.log(
      running === 'joined'
        ? 'The system is running, so the service is starting: see msx dev status.'
        : 'Start it with msx dev start.',
    );
    return running;
  }
}
