import * as Flags from '@oclif/core/flags';
import { buildStale } from '../../code/build/build-stale.js';
import { chooseDatabases } from '../../inspection/database/choose-databases.js';
import { runDatabaseVerb, seedDatabase } from '../../inspection/database/service-database.js';
import { runningServices } from '../../running/dev/running-services.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { confirm } from '../../terminal/questions/confirm.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { runTasks } from '../../terminal/progress/run-tasks.js';
import { seedOutcome } from '../../terminal/reports/seed-outcome.js';
import { serviceNames } from '../../terminal/flags/service-names.js';

export default class DbReset extends MsxCommand {
  static override summary = 'Delete all data in the databases and apply all migrations again.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service --yes',
    '<%= config.bin %> <%= command.id %> --seed --yes',
  ];
  static override args = serviceNames('services whose database to use (default: all)');
  static override flags = {
    seed: Flags.boolean({ description: 'then create the data of the seeds, as db seed does' }),
    yes: Flags.boolean({ char: 'y', description: 'do not ask for confirmation' }),
  };

  async run(): Promise<{ reset: string[] }> {
    const { argv, flags } = await this.parse(DbReset);
    const system = await this.loadSystem();
    const services = chooseDatabases(system, argv as string[]);
    const names = services.map(({ name }) => name);
    const [running] = await runningServices(system, services);
    if (running) throw new MsxError('SERVICE_RUNNING', { service: running.name, doing: 'a reset' });
    const question = `Delete all data of ${names.join(', ')}?`;
    if (!flags.yes && !(await confirm('deleting data', question))) return { reset: [] };
    await buildStale(system, services);
    const tasks = services.map((service) => ({
      title: service.name,
      work: async () => {
        await runDatabaseVerb(system, service, ['reset']);
        if (!flags.seed) return `${service.name}: reset`;
        return seedOutcome(service.name, await seedDatabase(system, service));
      },
    }));
    await runTasks(tasks, { silent: this.jsonEnabled() });
    return { reset: names };
  }
}
