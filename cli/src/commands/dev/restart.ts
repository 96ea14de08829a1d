import * as Flags from '@oclif/core/flags';
import { inspectorText, inspectorsOf } from '../../running/dev/inspectors-of.js';
import { reportOf } from '../../running/dev/report.js';
import { restartServices, restartSystem } from '../../running/dev/restart-services.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { startProgress } from '../../terminal/progress/start-progress.js';
import { startedTable } from '../../terminal/reports/dev-started.js';
import { timeoutFlag } from '../../terminal/flags/duration-flag.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { serviceNames } from '../../terminal/flags/service-names.js';

export default class DevRestart extends MsxCommand {
  static override summary = 'Rebuild services if they are stale, and restart them.';
  static override description =
    'Without names, applies the current msx.yaml to the running system: starts new services and stops removed ones. A named ' +
    'service restarts with the options that it was started with. If a build fails, the running services keep running. ' +
    'Ctrl-C ends the wait, not the restart.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service',
    '<%= config.bin %> <%= command.id %> --stale',
  ];
  static override args = serviceNames('services to restart (default: everything that is running)');
  static override flags = {
    stale: Flags.boolean({
      description: 'restart only services that are older than their sources, their config folder or msx.yaml',
    }),
    timeout: timeoutFlag('60s'),
  };

  async run() {
    const { argv, flags } = await this.parse(DevRestart);
    const system = await this.loadSystem();
    const names = argv as string[];
    const progress = await startProgress({ silent: this.jsonEnabled() });
    const signal = interruptSignal();
    const waiting = { timeoutMs: flags.timeout, interrupted: signal, onSnapshot: progress.show };
    const restart =
      names.length > 0
        ? restartServices(system, { names, ...flags }, waiting)
        : restartSystem(system, flags, waiting);
    const restarting = restart.finally(() => {
      const what = names.length > 0 ? names.join(', ') : 'the system';
      if (signal.aborted) this.logToStderr(`${what}: the restart continues; see msx dev status`);
    });
    const { snapshot, restarted } = await progress.until(restarting);
    const report = reportOf(snapshot);
    const processes = report.processes.filter(({ name }) => restarted.includes(name));
    if (restarted.length === 0) this.log('nothing is stale');
    else this.log(startedTable(processes, { started: restarted, restarted: [] }, coloursOf(process.stdout)));
    const inspectors = await inspectorsOf(processes);
    for (const inspector of inspectors) this.log(inspectorText(inspector));
    return { engine: report.engine, processes, inspectors };
  }
}
