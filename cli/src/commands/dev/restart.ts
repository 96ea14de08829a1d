import * as Args from '@oclif/core/args';
import { reportOf } from '../../dev/report.js';
import { restartServices } from '../../dev/restart-services.js';
import { coloursOf } from '../../ui/colours.js';
import { startProgress } from '../../ui/dev-progress.js';
import { startedTable } from '../../ui/dev-table.js';
import { giveUpAfter } from '../../ui/give-up-after.js';
import { interrupted } from '../../ui/interrupted.js';
import { MsxCommand } from '../../ui/msx-command.js';

export default class DevRestart extends MsxCommand {
  static override summary = 'Build services anew if they are stale, and restart them.';
  static override description = 'When a build fails, what runs goes on running.';
  static override examples = ['<%= config.bin %> <%= command.id %> order-service'];
  static override args = {
    service: Args.string({
      description: 'what to restart',
      required: true,
      multiple: true,
      ignoreStdin: true,
    }),
  };
  static override flags = {
    timeout: giveUpAfter(60),
  };

  async run() {
    const { argv, flags } = await this.parse(DevRestart);
    const system = await this.loadSystem();
    const names = argv as string[];
    const progress = await startProgress({ silent: this.jsonEnabled() });
    const waiting = {
      timeoutMs: flags.timeout * 1_000,
      interrupted: interrupted(),
      onSnapshot: progress.show,
    };
    const snapshot = await restartServices(system, names, waiting).finally(progress.end);
    const report = reportOf(snapshot);
    const processes = report.processes.filter(({ name }) => names.includes(name));
    this.log(startedTable(processes, [], coloursOf(process.stdout)));
    return { engine: report.engine, processes };
  }
}
