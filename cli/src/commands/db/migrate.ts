import { buildStale } from '../../build/build-stale.js';
import { chooseDatabases } from '../../database/choose-databases.js';
import { databaseStatus, runDatabaseVerb } from '../../database/service-database.js';
import { MsxCommand } from '../../ui/msx-command.js';
import { runTasks } from '../../ui/run-tasks.js';
import { serviceNames } from '../../ui/service-names.js';
import type { Service, System } from '../../system/system.js';

interface Migrated {
  service: string;
  applied: string[];
}

export default class DbMigrate extends MsxCommand {
  static override summary = 'Apply pending migrations to the databases of the services.';
  static override description = 'Services apply them when they start; this does it beforehand.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service',
    'ORDER_SERVICE_DATABASE_URL=postgres://… <%= config.bin %> <%= command.id %> order-service',
  ];
  static override args = serviceNames('services whose database to use (default: all)');

  async run(): Promise<{ migrated: Migrated[] }> {
    const { argv } = await this.parse(DbMigrate);
    const system = await this.loadSystem();
    const services = chooseDatabases(system, argv as string[]);
    await buildStale(system, services);
    const migrated: Migrated[] = [];
    const tasks = services.map((service) => ({
      title: service.name,
      work: async () => {
        const applied = await migrate(system, service);
        migrated.push({ service: service.name, applied });
        return outcome(service, applied);
      },
    }));
    await runTasks(tasks, { silent: this.jsonEnabled() });
    return { migrated };
  }
}

async function migrate(system: System, service: Service): Promise<string[]> {
  const { pending } = await databaseStatus(system, service);
  if (pending.length > 0) await runDatabaseVerb(system, service, 'migrate');
  return pending;
}

const outcome = ({ name }: Service, applied: string[]) =>
  applied.length > 0 ? `${name}: applied ${applied.join(', ')}` : `${name}: up to date`;
