import { engineOf } from '../../running/dev/engine-of.js';
import { reportOf } from '../../running/dev/report.js';
import { NoEngine } from '../../running/engine/control/client.js';
import { movedFrom } from '../../running/engine/control/run-file.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { statusText } from '../../terminal/reports/dev-status.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import type { RunReport } from '../../running/dev/report.js';
import type { RunMode } from '../../running/dev/run-mode.js';

/** `env` is the value of `--env`. */
type Mode = Omit<RunMode, 'mode'> & { env: RunMode['mode'] };

export default class DevStatus extends MsxCommand {
  static override summary = 'Show the services of the system and their status.';
  static override description =
    'CPU is the share of one processor that a service and its child processes used in the last few seconds, MEMORY is the ' +
    'RAM that they use, and RESTARTS counts how often the service exited by itself since the engine started. A stale service ' +
    'runs code older than its sources. A service that has answered and then stops answering for dev.restartAfter in msx.yaml ' +
    '(default: 60s, as in Kubernetes; off: never) is restarted, unless a debugger can attach to it. Columns that do not fit ' +
    'the screen are left out; --json has them all.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  async run(): Promise<RunReport & { mode: Mode | null; leftBehind: string[] }> {
    await this.parse(DevStatus);
    const root = this.root();
    try {
      const detailed = await this.during('querying the engine', engineOf(root).details());
      const from = movedFrom(root);
      // The engine still has the old paths, from which it cannot read sources and build output.
      const report = reportOf(from ? { ...detailed, details: { ...detailed.details, stale: [] } } : detailed);
      const mode = detailed.runMode as unknown as RunMode;
      if (!this.jsonEnabled()) this.#print(report, mode, from);
      const { mode: env, ...rest } = mode;
      return { ...report, mode: { env, ...rest }, leftBehind: [] };
    } catch (error) {
      if (!(error instanceof NoEngine)) throw error;
    }
    const { leftBehind } = await import('../../running/dev/left-behind.js');
    const left = leftBehind(root);
    const advice = 'msx dev stop stops them, msx dev start replaces them';
    this.log(
      left.length > 0
        ? `the engine is gone, but these are still running: ${left.join(', ')}; ${advice}`
        : 'nothing is running',
    );
    return { engine: null, processes: [], mode: null, leftBehind: left };
  }

  #print(report: RunReport, mode: RunMode, from?: string): void {
    this.log(statusText(report, mode, coloursOf(process.stdout)));
    if (from)
      this.log(
        `the system was started in ${from}, before its folder was moved: msx dev start restarts it here`,
      );
  }
}
