import { stoppingText } from '../../running/dev/interrupted-start.js';
import { stopServices, stopSystem } from '../../running/dev/stop-system.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { serviceNames } from '../../terminal/flags/service-names.js';
import { stoppedText } from '../../terminal/reports/stopped-text.js';
import type { StopOptions } from '../../running/dev/stop-system.js';

export default class DevStop extends MsxCommand {
  static override summary = 'Stop the system, or some of its services, and free the ports.';
  static override description =
    'Safe to run at any time: it also terminates processes left behind by an engine that was killed. Services get 4 seconds ' +
    'to shut down; a second Ctrl-C kills them at once.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service',
  ];
  static override args = serviceNames('services to stop, without stopping others (default: everything)');

  async run(): Promise<{ stopped: string[] }> {
    const { argv } = await this.parse(DevStop);
    const names = argv as string[];
    const startedAt = Date.now();
    let affected: string[] = [];
    const stop = (options: StopOptions) =>
      names.length > 0 ? stopServices(this.root(), names, options) : stopSystem(this.root(), options);
    // The command stops everything anyway: the first Ctrl-C changes nothing, the second kills at once.
    interruptSignal({ notice: () => `still ${stoppingText(affected)}`, force: () => stop({ force: true }) });
    const stopping = stop({ onStopping: (running) => (affected = running) });
    const what = names.length > 0 ? `stopping ${names.join(', ')}` : 'stopping the system';
    const { stopped, left } = await this.during(what, stopping);
    if (left.length > 0) throw new MsxError('STOP_INCOMPLETE', { left });
    const idle = names.length > 0 && stopped.length === 0;
    this.log(idle ? `${names.join(', ')} was not running` : stoppedText(stopped, Date.now() - startedAt));
    return { stopped };
  }
}
