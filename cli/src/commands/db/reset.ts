import * as Flags from '@oclif/core/flags';
import { buildStale } from '../../build/build-stale.js';
import { chooseDatabases } from '../../database/choose-databases.js';
import { isRunning } from '../../database/is-running.js';
import { runDatabaseVerb } from '../../database/service-database.js';
import { MsxError } from '../../errors/msx-error.js';
import { confirm } from '../../ui/confirm.js';
import { MsxCommand } from '../../ui/msx-command.js';
import { runTasks } from '../../ui/run-tasks.js';
import { serviceNames } from '../../ui/service-names.js';
import type { Service } from '../../system/system.js';

export default class DbReset extends MsxCommand {
  static override summary = 'Delete all data in the databases and apply all migrations again.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service --yes',
  ];
  static override args = serviceNames('services whose database to use (default: all)');
  static override flags = {
    yes: Flags.boolean({ char: 'y', description: 'do not ask for confirmation' }),
  };

  async run(): Promise<{ reset: string[] }> {
    const { argv, flags } = await this.parse(DbReset);
    const system = await this.loadSystem();
    const services = chooseDatabases(system, argv as string[]);
    const names = services.map(({ name }) => name);
    await refuseRunning(services);
    const question = `Delete all data of ${names.join(', ')}?`;
    if (!flags.yes && !(await confirm('deleting data', question))) return { reset: [] };
    await buildStale(system, services);
    const tasks = services.map((service) => ({
      title: service.name,
      work: async () => {
        await runDatabaseVerb(system, service, 'reset');
        return `${service.name}: reset`;
      },
    }));
    await runTasks(tasks, { silent: this.jsonEnabled() });
    return { reset: names };
  }
}

async function refuseRunning(services: Service[]): Promise<void> {
  const running = await Promise.all(services.map(isRunning));
  const service = services.find((_, n) => running[n])?.name;
  if (service) throw new MsxError('SERVICE_RUNNING', { service, doing: 'a reset' });
}
