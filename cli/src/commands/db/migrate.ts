import { buildStale } from '../../code/build/build-stale.js';
import { chooseDatabases } from '../../inspection/database/choose-databases.js';
import { databaseStatus, runDatabaseVerb } from '../../inspection/database/service-database.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { runTasks } from '../../terminal/progress/run-tasks.js';
import { serviceNames } from '../../terminal/flags/service-names.js';
import type { Service, System } from '../../model/system/system.js';

interface Migrated {
  service: string;
  applied: string[];
}

export default class DbMigrate extends MsxCommand {
  static override summary = 'Apply pending migrations to the databases of the services.';
  static override description =
    'Services apply pending migrations when they start; this command applies them beforehand.';
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
  const { pending, applied } = await databaseStatus(system, service);
  if (pending.length === 0) return [];
  await runDatabaseVerb(system, service, ['migrate']);
  const after = await databaseStatus(system, service);
  if (after.pending.length > 0) throw stillPending(service, after.pending);
  return after.applied.filter((name) => !applied.includes(name));
}

const stillPending = ({ name }: Service, pending: string[]) =>
  new MsxError('DATABASE_COMMAND_FAILED', {
    service: name,
    command: 'migrate',
    reason: `these are still pending: ${pending.join(', ')}`,
  });

const outcome = ({ name }: Service, applied: string[]) =>
  applied.length > 0 ? `${name}: applied ${applied.join(', ')}` : `${name}: up to date`;
