import { endingText } from '../../dev/ending.js';
import { stopServices, stopSystem } from '../../dev/stop-system.js';
import { MsxError } from '../../errors/msx-error.js';
import { seconds } from '../../ui/dev-table.js';
import { interrupted } from '../../ui/interrupted.js';
import { MsxCommand } from '../../ui/msx-command.js';
import { serviceNames } from '../../ui/service-names.js';
import type { StopOptions } from '../../dev/stop-system.js';

export default class DevStop extends MsxCommand {
  static override summary = 'Stop the system, or some of it, and free its ports.';
  static override description =
    'Safe at any time: it also ends what a run has left behind whose engine was killed. Services get 4 seconds to end by ' +
    'themselves; a second Ctrl-C kills them at once.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service',
  ];
  static override args = serviceNames('what to stop, and nothing else (default: everything)');

  async run(): Promise<{ stopped: string[] }> {
    const { argv } = await this.parse(DevStop);
    const names = argv as string[];
    const began = Date.now();
    let ending: string[] = [];
    const stop = (options: StopOptions) =>
      names.length > 0 ? stopServices(this.root(), names, options) : stopSystem(this.root(), options);
    // It ends what runs anyway: the first Ctrl-C changes nothing, the second leaves no time for it.
    interrupted({ ending: () => `still ${endingText(ending)}`, atOnce: () => stop({ force: true }) });
    const stopping = stop({ onStopping: (running) => (ending = running) });
    const what = names.length > 0 ? `stopping ${names.join(', ')}` : 'stopping the system';
    const { stopped, left } = await this.during(what, stopping);
    if (left.length > 0) throw new MsxError('STOP_INCOMPLETE', { pids: left.map(({ pid }) => pid) });
    const took = seconds(Date.now() - began);
    const idle = names.length > 0 ? `${names.join(', ')} was not running` : 'nothing was running';
    this.log(stopped.length > 0 ? `stopped ${stopped.join(', ')} in ${took}` : idle);
    return { stopped };
  }
}
