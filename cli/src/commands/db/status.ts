import { buildStale } from '../../code/build/build-stale.js';
import { chooseDatabases } from '../../inspection/database/choose-databases.js';
import { databaseStatus } from '../../inspection/database/service-database.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { serviceNames } from '../../terminal/flags/service-names.js';
import { table } from '../../terminal/screen/table.js';

export default class DbStatus extends MsxCommand {
  static override summary = 'Show the applied and pending migrations of each database.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> user-service --json',
  ];
  static override args = serviceNames('services whose database to use (default: all)');

  async run() {
    const { argv } = await this.parse(DbStatus);
    const system = await this.loadSystem();
    const services = chooseDatabases(system, argv as string[]);
    await this.during('building stale packages', buildStale(system, services));
    const statuses = services.map((service) => databaseStatus(system, service));
    const databases = await this.during('querying the databases', Promise.all(statuses));
    const colours = coloursOf(process.stdout);
    const rows = databases.map(({ service, driver, applied, pending }) => [
      service,
      driver,
      String(applied.length),
      pending.length > 0 ? colours.yellow(pending.join(', ')) : colours.green('none'),
    ]);
    this.log(table(['SERVICE', 'DRIVER', 'APPLIED', 'PENDING'], rows, colours));
    return { databases };
  }
}
