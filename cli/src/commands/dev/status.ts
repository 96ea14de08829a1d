import { engineOf } from '../../dev/engine-of.js';
import { reportOf } from '../../dev/report.js';
import { NoEngine } from '../../engine/control/client.js';
import { coloursOf } from '../../ui/colours.js';
import { statusText } from '../../ui/dev-status.js';
import { MsxCommand } from '../../ui/msx-command.js';
import type { RunReport } from '../../dev/report.js';
import type { RunMode } from '../../dev/run-mode.js';

/** `env` is what `--env` takes. */
type Mode = Omit<RunMode, 'mode'> & { env: RunMode['mode'] };

export default class DevStatus extends MsxCommand {
  static override summary = 'Show what runs, and how it is.';
  static override description =
    'CPU is the share of one processor that a service and its child processes have used in the last seconds, MEMORY what ' +
    'they hold in RAM, RESTARTS how often it ended by itself since the engine began. A stale service runs older code than ' +
    'its sources. Columns that do not fit the screen are left out; --json has them all.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  async run(): Promise<RunReport & { mode: Mode | null; leftBehind: string[] }> {
    await this.parse(DevStatus);
    const root = this.root();
    try {
      const detailed = await engineOf(root).details();
      const report = reportOf(detailed);
      const mode = detailed.runMode as unknown as RunMode;
      if (!this.jsonEnabled()) this.log(statusText(report, mode, coloursOf(process.stdout)));
      const { mode: env, ...rest } = mode;
      return { ...report, mode: { env, ...rest }, leftBehind: [] };
    } catch (error) {
      if (!(error instanceof NoEngine)) throw error;
    }
    const { leftBehind } = await import('../../dev/left-behind.js');
    const left = leftBehind(root);
    const advice = 'msx dev stop ends them, msx dev start replaces them';
    this.log(
      left.length > 0 ? `the engine is gone, but not ${left.join(', ')}: ${advice}` : 'nothing is running',
    );
    return { engine: null, processes: [], mode: null, leftBehind: left };
  }
}
