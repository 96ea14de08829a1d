import { buildStale } from '../../code/build/build-stale.js';
import { chooseDatabases } from '../../inspection/database/choose-databases.js';
import { seedDatabase } from '../../inspection/database/service-database.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { runTasks } from '../../terminal/progress/run-tasks.js';
import { serviceNames } from '../../terminal/flags/service-names.js';
import { seedOutcome } from '../../terminal/reports/seed-outcome.js';
import type { SeedReport } from '../../inspection/database/service-database.js';

export default class DbSeed extends MsxCommand {
  static override summary = 'Create the data for development that services have in src/seeds.';
  static override description =
    'Each entry is created as a request would, by the rules of the service, and events are published when the service runs. What is there already stays as it is. Refused in production.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> product-service --json',
  ];
  static override args = serviceNames('services whose database to use (default: all)');

  async run(): Promise<{ seeded: { service: string; seeds: SeedReport[] }[] }> {
    const { argv } = await this.parse(DbSeed);
    const system = await this.loadSystem();
    const services = chooseDatabases(system, argv as string[]);
    await buildStale(system, services);
    const seeded: { service: string; seeds: SeedReport[] }[] = [];
    const tasks = services.map((service) => ({
      title: service.name,
      work: async () => {
        const seeds = await seedDatabase(system, service);
        seeded.push({ service: service.name, seeds });
        return seedOutcome(service.name, seeds);
      },
    }));
    await runTasks(tasks, { silent: this.jsonEnabled() });
    return { seeded };
  }
}
