import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { buildStale } from '../../code/build/build-stale.js';
import { chooseDatabases } from '../../inspection/database/choose-databases.js';
import { databaseStatus, runDatabaseVerb } from '../../inspection/database/service-database.js';
import { runningServices } from '../../running/dev/running-services.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { confirm } from '../../terminal/questions/confirm.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import type { Service, System } from '../../model/system/system.js';

export default class DbRollback extends MsxCommand {
  static override summary =
    'Roll back the newest migrations of a service, and with them the data they made room for.';
  static override description =
    'Shows which migrations would be rolled back before it asks. The service applies them again when it starts: use this before you change a migration that is not yet deployed, or before an older version is started. The tables of the outbox and the inbox stay.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> order-service',
    '<%= config.bin %> <%= command.id %> order-service --steps 2 --yes',
  ];
  static override args = {
    service: Args.string({ required: true, description: 'service whose database to use', ignoreStdin: true }),
  };
  static override flags = {
    steps: Flags.integer({ description: 'number of migrations', default: 1, min: 1, max: 9999 }),
    yes: Flags.boolean({ char: 'y', description: 'do not ask for confirmation' }),
  };

  async run(): Promise<{ service: string; rolledBack: string[] }> {
    const { args, flags } = await this.parse(DbRollback);
    const system = await this.loadSystem();
    const [service] = chooseDatabases(system, [args.service]) as [Service];
    const [running] = await runningServices(system, [service]);
    if (running) throw new MsxError('SERVICE_RUNNING', { service: running.name, doing: 'a rollback' });
    await this.during('building stale packages', buildStale(system, [service]));
    const names = (await revertible(system, service)).slice(0, flags.steps);
    const rolledBack = names.length > 0 && (flags.yes || (await agreed(names))) ? names : [];
    if (names.length === 0) this.log(`${service.name}: nothing to roll back`);
    if (rolledBack.length > 0) {
      await this.during('rolling back', rollBack(system, service, rolledBack));
      this.log(`${service.name}: rolled back ${rolledBack.join(', ')}`);
    }
    return { service: service.name, rolledBack };
  }
}

const agreed = (names: string[]): Promise<boolean> =>
  confirm('rolling back', `Roll back ${names.join(', ')}, and delete what only they store?`);

async function revertible(system: System, service: Service): Promise<string[]> {
  const status = await databaseStatus(system, service);
  if (status.revertible) return status.revertible;
  throw failed(service, 'its @msx/runtime is older than this command');
}

/** Throws DATABASE_COMMAND_FAILED if one of them is still applied. */
async function rollBack(system: System, service: Service, names: string[]): Promise<void> {
  await runDatabaseVerb(system, service, ['rollback', `--steps=${names.length}`]);
  const { applied } = await databaseStatus(system, service);
  const left = names.filter((name) => applied.includes(name));
  if (left.length > 0) throw failed(service, `these are still applied: ${left.join(', ')}`);
}

const failed = ({ name }: Service, reason: string) =>
  new MsxError('DATABASE_COMMAND_FAILED', { service: name, command: 'rollback', reason });
