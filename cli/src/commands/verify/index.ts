import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { buildStale } from '../../code/build/build-stale.js';
import { chooseDrills, listDrills } from '../../drills/running/choose-drills.js';
import { loadVerifications } from '../../drills/running/load-verifications.js';
import { BRIEF, USUAL } from '../../drills/running/run-drills.js';
import { removeOwnCopy, verifySystem } from '../../drills/running/verify-system.js';
import { drillTable } from '../../drills/reports/drill-table.js';
import { drillProgress } from '../../drills/reports/drill-progress.js';
import { verifyReport } from '../../drills/reports/verify-report.js';
import { checkReportFiles, writeReports } from '../../drills/reports/write-reports.js';
import { brokenIn } from '../../drills/verdicts/outcome.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { nonEmptyFlag } from '../../terminal/flags/checked-flags.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';
import { progressView } from '../../terminal/progress/progress-view.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import type { ListedDrill } from '../../drills/plan/drill-catalogue.js';
import type { Outcome } from '../../drills/verdicts/outcome.js';

const MAX_SEED = 2 ** 31;

export default class Verify extends MsxCommand {
  static override summary = 'Bring faults about in a copy of the system, and check that nothing is lost.';
  static override description = `Starts a copy of the system with ports, data and logs of its own, on SQLite and the embedded broker, also while the system itself runs. In it, drills kill and pause services while clients make changes. Once everything has settled, the invariants are checked: those of every system, and those that services declare in src/verification/verification.ts. A drill that breaks one is repeated with fewer changes, to find the smallest number that still does.

Exits with 1 if an invariant is broken. The copy is removed at the end.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --list',
    '<%= config.bin %> <%= command.id %> killed-under-load --seed 7',
    '<%= config.bin %> <%= command.id %> --ci --junit verify.xml --html verify.html',
  ];
  static override strict = false;
  static override args = {
    drill: Args.string({
      description: 'drills to run (default: all that apply to the system)',
      ignoreStdin: true,
      multiple: true,
    }),
  };
  static override flags = {
    seed: Flags.integer({
      ...{ min: 0, max: MAX_SEED, helpValue: 'NUMBER' },
      description: 'seed of the random choices, to repeat a run (default: another one each time)',
    }),
    list: Flags.boolean({ description: 'list the drills, and say which do not apply and why' }),
    ci: Flags.boolean({ description: 'shorter drills, for a job of two minutes' }),
    junit: nonEmptyFlag({ helpValue: 'FILE', description: 'file to write the result to, as JUnit XML' }),
    html: nonEmptyFlag({ helpValue: 'FILE', description: 'file to write the result to, as a web page' }),
  };

  async run(): Promise<{ drills: readonly (ListedDrill | Outcome)[]; seed?: number }> {
    const { argv, flags } = await this.parse(Verify);
    checkReportFiles(flags);
    const system = await this.loadSystem();
    await this.during('building stale packages', buildStale(system));
    const verifications = await loadVerifications(system);
    const listed = listDrills(system, verifications);
    if (flags.list) {
      this.log(drillTable(listed, coloursOf(process.stdout)));
      return { drills: listed };
    }
    const drills = chooseDrills(listed, argv as string[]);
    const seed = flags.seed ?? Math.floor(Math.random() * MAX_SEED);
    const force = () => removeOwnCopy(system);
    const signal = interruptSignal({ notice: () => 'stopping the copy of the system…', force });
    const view = await progressView({ silent: this.jsonEnabled() });
    const effort = flags.ci ? BRIEF : USUAL;
    const progress = drillProgress(view, drills);
    const options = { verifications, seed, effort, signal, ...progress };
    const outcomes = await verifySystem(system, drills, options).finally(() => view.end());
    writeReports(outcomes, flags, `${system.name}, seed ${seed}`);
    this.log(verifyReport(outcomes, coloursOf(process.stdout)));
    const broken = outcomes.filter((outcome) => brokenIn(outcome).length > 0).length;
    if (broken === 0) return { drills: outcomes, seed };
    throw new MsxError('INVARIANTS_BROKEN', { broken, total: outcomes.length, seed, drills: outcomes });
  }
}
