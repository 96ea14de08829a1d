import * as Flags from '@oclif/core/flags';
import { buildStale } from '../../code/build/build-stale.js';
import { checkedName } from '../../code/migrations/migration-name.js';
import { migrationsMissing } from '../../code/migrations/migrations-missing.js';
import { chooseDatabases } from '../../inspection/database/choose-databases.js';
import { databaseDifference } from '../../inspection/database/service-database.js';
import { GeneratingCommand } from '../../terminal/base-commands/generating-command.js';
import { templateFolder } from '../../installation.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';
import { serviceNames } from '../../terminal/flags/service-names.js';
import type { AppliedPlan } from '../../code/generate/apply-plan.js';
import type { DatabaseDifference } from '../../inspection/database/service-database.js';

export default class DbDiff extends GeneratingCommand {
  static override summary = 'Write the migrations that the entities of the services need.';
  static override description =
    'Compares the entities of a service with what its migrations make, in a new SQLite file, and writes the missing migrations for review; they work on SQLite and PostgreSQL. What an entity does not mention, such as an index that a migration makes, stays.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> user-service --dry-run',
    '<%= config.bin %> <%= command.id %> user-service --name add-nickname',
    '<%= config.bin %> <%= command.id %> user-service --rename users.name=full_name',
    '<%= config.bin %> <%= command.id %> --check',
  ];
  static override args = serviceNames('services whose entities to compare (default: all)');
  static override flags = {
    check: Flags.boolean({ description: 'write nothing; fail if a migration is missing' }),
    'dry-run': Flags.boolean({ description: 'write nothing; show what would change' }),
    name: Flags.string({
      helpValue: 'NAME',
      description: 'name of the migration (default: from its tables)',
    }),
    rename: Flags.string({
      multiple: true,
      helpValue: 'TABLE.OLD=NEW',
      description: 'column that has a new name in its entity; its data is kept',
    }),
  };

  async run() {
    const { argv, flags } = await this.parse(DbDiff);
    const { 'dry-run': dryRun, rename = [] } = flags;
    const name = checkedName(flags.name);
    const system = await this.loadSystem();
    const services = chooseDatabases(system, argv as string[]);
    await this.during('building stale packages', buildStale(system, services));
    const compared = Promise.all(services.map((service) => databaseDifference(system, service, rename)));
    const differences = await this.during('comparing entities and migrations', compared);
    const missing = differences.filter(({ changes }) => changes.length > 0);
    if (flags.check && missing.length > 0) throw migrationsMissing(missing);
    this.#notes(differences);
    const files: AppliedPlan[] = [];
    for (const each of missing) files.push(await this.#write(each, { dryRun, name }));
    return { differences, files };
  }

  #notes(differences: readonly DatabaseDifference[]): void {
    for (const { service, changes, notes } of differences) {
      for (const note of notes) this.log(`${service}: ${note}`);
      if (changes.length === 0) this.log(`${service}: the migrations make all that the entities need`);
    }
  }

  async #write(
    difference: DatabaseDifference,
    options: { dryRun: boolean; name: string | undefined },
  ): Promise<AppliedPlan> {
    const { writeMigrations } = await import('../../code/migrations/write-migrations.js');
    const around = { root: this.root(), templates: templateFolder(), interrupted: interruptSignal() };
    const work = writeMigrations(around, difference, options);
    const written = await this.during(`writing the migrations of ${difference.service}`, work);
    this.report(written, options);
    return written;
  }
}
