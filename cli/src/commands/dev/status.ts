import { engineOf } from '../../dev/connect-engine.js';
import { leftBehind } from '../../dev/left-behind.js';
import { reportOf } from '../../dev/report.js';
import { NoEngine } from '../../engine/control/client.js';
import { coloursOf } from '../../ui/colours.js';
import { statusTable } from '../../ui/dev-table.js';
import { MsxCommand } from '../../ui/msx-command.js';
import type { RunReport } from '../../dev/report.js';

export default class DevStatus extends MsxCommand {
  static override summary = 'Show what runs, and how it is.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  async run(): Promise<RunReport & { leftBehind: string[] }> {
    await this.parse(DevStatus);
    const root = this.root();
    try {
      const report = reportOf(await engineOf(root).snapshot());
      this.log(statusTable(report.processes, coloursOf(process.stdout)));
      return { ...report, leftBehind: [] };
    } catch (error) {
      if (!(error instanceof NoEngine)) throw error;
    }
    const left = leftBehind(root);
    const advice = 'msx dev stop ends them, msx dev start replaces them';
    this.log(
      left.length > 0 ? `the engine is gone, but not ${left.join(', ')}: ${advice}` : 'nothing is running',
    );
    return { engine: null, processes: [], leftBehind: left };
  }
}
