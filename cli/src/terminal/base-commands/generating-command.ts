import { setFlagsFromString } from 'node:v8';
import { colouredDiff, changesReport, todoReport } from '../reports/changes-report.js';
import { coloursOf } from '../screen/colours.js';
import { MsxCommand } from './msx-command.js';
import type { FileChanges } from '../reports/changes-report.js';

/** Base class of commands that change the files of a system. */
export abstract class GeneratingCommand extends MsxCommand {
  /** These commands run a lot of code once: optimizing it would take a third of their time and never pay off. */
  protected override async init(): Promise<void> {
    setFlagsFromString('--no-opt');
    await super.init();
  }

  /** Shows the diff of a dry run, and which files were or would be changed. */
  protected report(made: FileChanges & { diff: string }, { dryRun }: { dryRun: boolean }): void {
    const colours = coloursOf(process.stdout);
    const diff = dryRun ? colouredDiff(made.diff, colours) : '';
    if (diff) this.logData(diff);
    this.logData(changesReport(made, colours));
    if (made.byHand.length > 0) this.log(todoReport(made, colours));
    if (dryRun) this.log(colours.dim('Dry run: nothing was written.'));
  }

  /** Tells how to go on after a change. */
  protected nextSteps(steps: readonly string[]): void {
    this.log(['Next:', ...steps.map((step) => `  ${step}`)].join('\n'));
  }
}
