import * as Flags from '@oclif/core/flags';
import { buildStale } from '../../code/build/build-stale.js';
import { chooseDatabases } from '../../inspection/database/choose-databases.js';
import { repairsOf, replayRows, type ServiceReplay } from '../../inspection/database/service-history.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { serviceNames } from '../../terminal/flags/service-names.js';
import { confirm } from '../../terminal/questions/confirm.js';
import { verifyReport } from '../../terminal/reports/verify-report.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import type { Service, System } from '../../model/system/system.js';

export default class VerifyReplay extends MsxCommand {
  static override summary = 'Rebuild all rows from their histories, and show those that differ.';
  static override description =
    'Each row of an entity with a history must be what its events say. Rows are compared in parts, without locks, also while the services run. --repair makes rows that differ what their events say, after a confirmation; a history that cannot be read is only shown. Exits with 1 if there are differences.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service --json',
    '<%= config.bin %> <%= command.id %> order-service --repair',
  ];
  static override args = serviceNames('services whose rows to compare (default: all)');
  static override flags = {
    repair: Flags.boolean({ description: 'make rows that differ what their events say' }),
    yes: Flags.boolean({ char: 'y', description: 'do not ask for confirmation' }),
  };

  async run(): Promise<{ services: ServiceReplay[] }> {
    const { argv, flags } = await this.parse(VerifyReplay);
    const system = await this.loadSystem();
    const services = chooseDatabases(system, argv as string[]);
    await this.during('building stale packages', buildStale(system, services));
    const found = await this.during(
      'comparing rows',
      Promise.all(services.map((one) => replayRows(system, one))),
    );
    this.show(found);
    const left = flags.repair ? await this.repair(system, services, { found, yes: flags.yes }) : found;
    if (left.some(({ histories }) => histories.some(({ differing }) => differing > 0))) process.exitCode = 1;
    return { services: left };
  }

  private show(replays: readonly ServiceReplay[]): void {
    if (replays.every(({ histories }) => histories.length === 0)) this.log('no service has a history');
    else this.log(verifyReport(replays, coloursOf(process.stdout)));
  }

  /** Resolves to what is found afterwards. */
  private async repair(
    system: System,
    services: readonly Service[],
    { found, yes }: { found: ServiceReplay[]; yes: boolean },
  ): Promise<ServiceReplay[]> {
    const count = found.flatMap(repairsOf).reduce((sum, { ids }) => sum + ids.length, 0);
    if (count === 0) return found;
    const question = `Overwrite ${count === 1 ? '1 row' : `${count} rows`} with what the events say?`;
    if (!yes && !(await confirm('overwriting rows', question))) return found;
    const repairs = services.map((one, n) => replayRows(system, one, repairsOf(found[n]!)));
    const left = await this.during('repairing rows', Promise.all(repairs));
    this.show(left);
    return left;
  }
}
