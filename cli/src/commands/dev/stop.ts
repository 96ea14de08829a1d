import { stopServices, stopSystem } from '../../dev/stop-system.js';
import { MsxError } from '../../errors/msx-error.js';
import { seconds } from '../../ui/dev-table.js';
import { MsxCommand } from '../../ui/msx-command.js';
import { serviceNames } from '../../ui/service-names.js';

export default class DevStop extends MsxCommand {
  static override summary = 'Stop the system, or some of it, and free its ports.';
  static override description =
    'Safe at any time: it also ends what a run has left behind whose engine was killed.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service',
  ];
  static override args = serviceNames('what to stop, and nothing else; everything unless given');

  async run(): Promise<{ stopped: string[] }> {
    const { argv } = await this.parse(DevStop);
    const names = argv as string[];
    const began = Date.now();
    const { stopped, left } =
      names.length > 0 ? await stopServices(this.root(), names) : await stopSystem(this.root());
    if (left.length > 0) throw new MsxError('STOP_INCOMPLETE', { pids: left.map(({ pid }) => pid) });
    const took = seconds(Date.now() - began);
    this.log(stopped.length > 0 ? `stopped ${stopped.join(', ')} in ${took}` : 'nothing was running');
    return { stopped };
  }
}
