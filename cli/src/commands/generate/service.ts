import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { joinRunning } from '../../dev/join-running.js';
import { generateService } from '../../generate/service/generate-service.js';
import { serviceChecks } from '../../generate/service/service-checks.js';
import { inWorkshop } from '../../generate/workshop.js';
import { templateFolder } from '../../installation.js';
import { loadSystem } from '../../system/load-system.js';
import { GeneratingCommand } from '../../ui/generating-command.js';
import { interrupted } from '../../ui/interrupted.js';
import { Questions } from '../../ui/questions.js';
import { runTasks } from '../../ui/run-tasks.js';
import type { ServiceMade } from '../../generate/service/generate-service.js';

export default class GenerateService extends GeneratingCommand {
  static override summary = 'Generate a service that stores an entity, and its slice of the gateway.';
  static override description =
    'Generates the contract, entity, migration, rules, service, controller and events; the model, resolver and loader of the gateway; tests, a README, and the entry in msx.yaml. If msx dev start --watch is running, the service starts at once. Existing files are not changed.';
  static override examples = [
    "<%= config.bin %> <%= command.id %> inventory --entity StockItem --fields 'sku:string!,price:money,stock:int=0,kind:enum(a|b)'",
    '<%= config.bin %> <%= command.id %>',
    "<%= config.bin %> <%= command.id %> people --entity Person --plural folk --fields 'name:string!' --no-gateway --dry-run",
  ];
  static override args = {
    name: Args.string({ description: 'name of the service (default: asked for)', ignoreStdin: true }),
  };
  static override flags = {
    entity: Flags.string({ description: 'entity it stores, in the singular (default: asked for)' }),
    fields: Flags.string({
      description:
        'name:type, separated by commas; types: string, int, float, bool, money, datetime, id, string[], enum(a|b); ! marks a required field, =value sets a default',
    }),
    plural: Flags.string({ description: 'plural of the entity (default: the regular English plural)' }),
    port: Flags.integer({
      min: 1,
      max: 65_535,
      description: 'port of the service (default: the next free one)',
    }),
    gateway: Flags.string({
      helpValue: 'SERVICE',
      description: 'gateway that exposes it (default: the first)',
      exclusive: ['no-gateway'],
    }),
    'no-gateway': Flags.boolean({ description: 'do not expose it in a gateway' }),
    'dry-run': Flags.boolean({ description: 'write nothing; show what would change' }),
  };

  async run() {
    const { args, flags } = await this.parse(GenerateService);
    const root = this.root();
    const questions = new Questions(!this.jsonEnabled());
    const asked = (question: string, flag: string, check: (answer: string) => unknown) =>
      questions.text(question, { flag, check });
    const wish = {
      name: args.name ?? (await asked('Name of the service', 'NAME', serviceChecks.name)),
      entity:
        flags.entity ?? (await asked('What it keeps, in the singular', '--entity', serviceChecks.entity)),
      fields:
        flags.fields ??
        (await asked("Its fields, such as 'name:string!,price:money'", '--fields', serviceChecks.fields)),
      plural: flags.plural,
      port: flags.port,
      gateway: flags['no-gateway'] ? (false as const) : flags.gateway,
    };
    const options = { root, templates: templateFolder(), interrupted: interrupted() };
    const dryRun = flags['dry-run'];
    const made = await this.#make(wish.name, () =>
      inWorkshop(options, (workshop) => generateService(workshop, wish, { dryRun })),
    );
    this.tell(made, { dryRun });
    const { diff, ...report } = made;
    if (dryRun) return { ...report, diff };
    return { ...report, running: await this.#join(root, made) };
  }

  async #make(name: string, work: () => Promise<ServiceMade>): Promise<ServiceMade> {
    let made: ServiceMade;
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

  async #join(root: string, { service }: ServiceMade) {
    const running = await joinRunning(loadSystem(root), [service]);
    this.log(
      running === 'joined'
        ? `It starts, as the system runs: see msx dev status.`
        : 'Start it with msx dev start.',
    );
    return running;
  }
}
