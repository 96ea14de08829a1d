import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { relative, resolve } from 'node:path';
import { serviceChecks } from '../generate/service/service-checks.js';
import { packageFolder } from '../installation.js';
import { withKit } from '../scaffold/kit.js';
import { newSystem } from '../scaffold/new-system.js';
import { brokers, databases, defaultFirst, systemName, variants } from '../scaffold/system-wish.js';
import { GeneratingCommand } from '../ui/generating-command.js';
import { Questions } from '../ui/questions.js';
import { interrupted } from '../ui/interrupted.js';
import { steps } from '../ui/steps.js';
import { addressesFlag } from '../ui/checked-flags.js';
import type { NewSystem } from '../scaffold/new-system.js';
import type { FirstService, SystemWish } from '../scaffold/system-wish.js';

const TITLES = {
  files: 'writing the system',
  packages: 'installing its packages (npm ci)',
  repository: 'making a git repository',
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
    yes: Flags.boolean({ char: 'y', description: 'ask nothing; use the defaults' }),
    template: Flags.option({
      options: variants,
      description: 'empty: a gateway and a first service; shop: the reference shop',
    })(),
    service: Flags.string({ description: `first service (default: ${defaultFirst.name})` }),
    entity: Flags.string({ description: 'entity of the first service, in the singular' }),
    fields: Flags.string({ description: 'fields of the entity, in the format of msx generate service' }),
    'no-service': Flags.boolean({
      description: 'create no first service',
      exclusive: ['service', 'entity', 'fields'],
    }),
    database: Flags.option({ options: databases, description: 'database of the services' })(),
    broker: Flags.option({
      options: brokers,
      description: "embedded: msx's own; kafka: Apache Kafka in a container; external: run by someone else",
    })(),
    'broker-address': addressesFlag({ description: 'address of an external broker' }),
    directory: Flags.string({
      char: 'd',
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
    const wish = await this.#wish(name, flags, questions);
    const git = !flags['no-git'] && (await questions.yes('Make a git repository'));
    const install = !flags['skip-install'] && (await questions.yes('Install the packages now'));
    const progress = await steps(TITLES, { silent: this.jsonEnabled() });
    try {
      const made = await withKit(packageFolder, (kit) =>
        newSystem(wish, kit, {
          folder,
          git,
          install,
          interrupted: interrupted({ ending: () => 'removing what was made' }),
          onStep: progress.begin,
        }),
      );
      progress.end();
      this.log(this.#advice(made, wish));
      return made;
    } catch (error) {
      progress.end('failed');
      throw error;
    }
  }

  async #wish(name: string, flags: NewFlags, questions: Questions): Promise<SystemWish> {
    const variant = flags.template ?? (await questions.choice('Begin with', variants));
    const first = variant === 'empty' && !flags['no-service'] && (await this.#first(flags, questions));
    const database = flags.database ?? (await questions.choice('Databases', databases));
    const broker = flags.broker ?? (await questions.choice('Kafka in development', brokers));
    const address = { flag: '--broker-address, which an external broker wants,' };
    const brokerAddress =
      flags['broker-address'] ??
      (broker === 'external' ? await questions.text('Where it is, as host:port', address) : undefined);
    return { name, variant, first, database, broker, ...(brokerAddress && { brokerAddress }) };
  }

  async #first({ service, entity, fields }: NewFlags, questions: Questions): Promise<FirstService> {
    const standard = service || entity || fields ? undefined : defaultFirst;
    const ask = (question: string, flag: keyof typeof serviceChecks) =>
      questions.text(question, {
        flag: flag === 'name' ? '--service' : `--${flag}`,
        standard: standard?.[flag],
        check: serviceChecks[flag],
      });
    return {
      name: service ?? (await ask('First service', 'name')),
      entity: entity ?? (await ask('What it keeps, in the singular', 'entity')),
      fields: fields ?? (await ask("Its fields, such as 'title:string!,price:money'", 'fields')),
    };
  }

  #advice({ name, folder, services, installed, repository }: NewSystem, { database }: SystemWish): string {
    return [
      `${name} is made, with ${services.join(', ')}.`,
      ...(repository === 'uncommitted' ? ['Nothing is committed yet: git knows no author.'] : []),
      '',
      `  cd ${relative(process.cwd(), folder) || '.'}`,
      ...(installed ? [] : ['  npm ci']),
      ...(database === 'postgres' ? ['  docker compose up -d postgres databases'] : []),
      '  npx msx dev start',
    ].join('\n');
  }
}

interface NewFlags {
  readonly template?: SystemWish['variant'];
  readonly service?: string;
  readonly entity?: string;
  readonly fields?: string;
  readonly 'no-service': boolean;
  readonly database?: SystemWish['database'];
  readonly broker?: SystemWish['broker'];
  readonly 'broker-address'?: string;
}
