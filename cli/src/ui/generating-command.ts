import { setFlagsFromString } from 'node:v8';
import { colouredDiff, madeReport, todoReport } from './made-report.js';
import { coloursOf } from './colours.js';
import { MsxCommand } from './msx-command.js';
import type { Made } from './made-report.js';

/** What commands that change the files of a system have in common. */
export abstract class GeneratingCommand extends MsxCommand {
  /** They run through much code, once: optimizing that takes a third of all they do, and is never earned back. */
  protected override async init(): Promise<void> {
    setFlagsFromString('--no-opt');
    await super.init();
  }

  /** Shows the diff when nothing was written, else what was. */
  protected tell(made: Made & { diff: string }, { dryRun }: { dryRun: boolean }): void {
    const colours = coloursOf(process.stdout);
    const diff = dryRun ? colouredDiff(made.diff, colours) : '';
    if (diff) this.logData(diff);
    this.logData(madeReport(made, colours));
    if (made.byHand.length > 0) this.log(todoReport(made, colours));
    if (dryRun) this.log(colours.dim('Nothing was written: this is what would be.'));
  }
}
