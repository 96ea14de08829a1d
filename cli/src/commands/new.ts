import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { resolve } from 'node:path';
import { packageFolder } from '../installation.js';
import { withKit } from '../code/scaffold/kit.js';
import { checkFolder, checkRequest, newSystem } from '../code/scaffold/new-system.js';
import { brokers, databases, defaultFirst, systemName, variants } from '../code/scaffold/system-request.js';
import { askSystem } from '../terminal/questions/ask-system.js';
import { GeneratingCommand } from '../terminal/base-commands/generating-command.js';
import { newSystemText } from '../terminal/reports/new-system-text.js';
import { Questions } from '../terminal/questions/questions.js';
import { interruptSignal } from '../terminal/process/interrupt-signal.js';
import { steps } from '../terminal/progress/steps.js';
import { addressesFlag } from '../terminal/flags/checked-flags.js';
import type { NewSystem } from '../code/scaffold/new-system.js';

const TITLES = {
  files: 'writing the system',
  packages: 'installing the packages (npm ci)',
  repository: 'creating a git repository',
};

export default class New extends GeneratingCommand {
  static override summary = 'Create a new system: a GraphQL gateway, gRPC services, and events between them.';
  static override description =
    'On a terminal, asks for whatever the command line leaves out. The system passes its own npm test and runs with npx msx dev start; it has a README, an AGENTS.md, GitHub Actions, Dockerfiles and a compose file. If anything fails, nothing is left behind.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> bookshop',
    '<%= config.bin %> <%= command.id %> bookshop --yes',
    "<%= config.bin %> <%= command.id %> bookshop --service catalog --entity Book --fields 'title:string!,price:money'",
    '<%= config.bin %> <%= command.id %> my-shop --template shop --database postgres --broker kafka --no-git',
  ];
  static override args = {
    name: Args.string({ description: 'name of the system and its folder', ignoreStdin: true }),
  };
  static override flags = {
    yes: Flags.boolean({ char: 'y', description: 'use the defaults without asking' }),
    template: Flags.option({
      options: variants,
      description: `empty: a gateway and a first service; shop: the reference shop (default: ${variants[0]})`,
    })(),
    service: Flags.string({
      helpValue: 'NAME',
      description: `name of the first service (default: ${defaultFirst.name})`,
    }),
    entity: Flags.string({ helpValue: 'NAME', description: 'entity of the first service, in the singular' }),
    fields: Flags.string({
      helpValue: 'FIELDS',
      description: 'fields of the entity, in the format of msx generate service',
    }),
    'no-service': Flags.boolean({
      description: 'create no first service',
      exclusive: ['service', 'entity', 'fields'],
    }),
    database: Flags.option({
      options: databases,
      description: `database of the services (default: ${databases[0]})`,
    })(),
    broker: Flags.option({
      options: brokers,
      description: `embedded: msx's own broker; kafka: Apache Kafka in a container; external: a broker that msx does not run (default: ${brokers[0]})`,
    })(),
    'broker-address': addressesFlag({ description: 'address of the external broker' }),
    directory: Flags.string({
      char: 'd',
      helpValue: 'FOLDER',
      description: 'folder to create (default: the name of the system)',
    }),
    'no-git': Flags.boolean({ description: 'do not create a git repository' }),
    'skip-install': Flags.boolean({ description: 'do not install packages' }),
  };

  async run(): Promise<NewSystem> {
    const { args, flags } = await this.parse(New);
    const questions = new Questions(!flags.yes && !this.jsonEnabled());
    const name = systemName(
      args.name ?? (await questions.text('Name of the system', { flag: 'NAME', check: systemName })),
    );
    const folder = resolve(flags.directory ?? name);
    checkFolder(folder);
    const request = await askSystem(name, flags, questions);
    const git = !flags['no-git'] && (await questions.yes('Create a git repository'));
    const install = !flags['skip-install'] && (await questions.yes('Install the packages now'));
    await checkRequest(request, { git });
    const progress = await steps(TITLES, { silent: this.jsonEnabled() });
    try {
      const made = await withKit(packageFolder, (kit) =>
        newSystem(request, kit, {
          folder,
          git,
          install,
          interrupted: interruptSignal({ notice: () => 'removing the new system' }),
          onStep: progress.begin,
        }),
      );
      progress.end();
      this.log(newSystemText(made, request));
      return made;
    } catch (error) {
      progress.end('failed');
      throw error;
    }
  }
}
