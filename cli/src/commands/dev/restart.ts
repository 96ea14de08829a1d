import * as Args from '@oclif/core/args';
import { reportOf } from '../../dev/report.js';
import { restartServices } from '../../dev/restart-services.js';
import { coloursOf } from '../../ui/colours.js';
import { startProgress } from '../../ui/dev-progress.js';
import { startedTable } from '../../ui/dev-started.js';
import { timeoutFlag } from '../../ui/duration-flag.js';
import { interrupted } from '../../ui/interrupted.js';
import { MsxCommand } from '../../ui/msx-command.js';

export default class DevRestart extends MsxCommand {
  static override summary = 'Rebuild services if they are stale, and restart them.';
  static override description =
    'When a build fails, what runs goes on running. Ctrl-C ends the waiting, not the restart.';
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
    timeout: timeoutFlag('60s'),
  };

  async run() {
    const { argv, flags } = await this.parse(DevRestart);
    const system = await this.loadSystem();
    const names = argv as string[];
    const progress = await startProgress({ silent: this.jsonEnabled() });
    const signal = interrupted();
    const waiting = { timeoutMs: flags.timeout, interrupted: signal, onSnapshot: progress.show };
    const restart = restartServices(system, names, waiting).finally(() => {
      if (signal.aborted) this.logToStderr(`${names.join(', ')}: the restart goes on, see msx dev status`);
    });
    const snapshot = await progress.until(restart);
    const report = reportOf(snapshot);
    const processes = report.processes.filter(({ name }) => names.includes(name));
    this.log(startedTable(processes, { started: names, restarted: [] }, coloursOf(process.stdout)));
    return { engine: report.engine, processes };
  }
}
