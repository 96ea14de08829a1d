import * as Flags from '@oclif/core/flags';
import { MsxError } from '../terminal/errors/msx-error.js';
import { withGeneratorContext } from '../code/generate/generator-context.js';
import { packageFolder } from '../installation.js';
import { withKit } from '../code/scaffold/kit.js';
import { checkClean } from '../code/scaffold/upgrade/check-clean.js';
import { upgradeSystem } from '../code/scaffold/upgrade/upgrade-system.js';
import { coloursOf } from '../terminal/screen/colours.js';
import { GeneratingCommand } from '../terminal/base-commands/generating-command.js';
import { interruptSignal } from '../terminal/process/interrupt-signal.js';
import { colouredDiff } from '../terminal/reports/changes-report.js';
import { upgradeReport } from '../terminal/reports/upgrade-report.js';

export default class Upgrade extends GeneratingCommand {
  static override summary =
    'Update a system to the templates and packages of this msx, merging local changes.';
  static override description =
    'Unchanged files are updated to their new templates. Changed files get a three-way merge; where both sides changed the same lines, both versions are left between conflict markers. npx msx in a system is the msx in its vendor folder, so it always has the same version: install the newer msx elsewhere, for example with npm install --global msx-cli-VERSION.tgz, and run that one in the folder of the system. It replaces the packages in vendor; run npm install afterwards. The folder must have no uncommitted changes, so that git can show and undo the upgrade.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --dry-run',
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ];
  static override flags = {
    'dry-run': Flags.boolean({ description: 'write nothing; show what would change' }),
  };

  async run() {
    const { flags } = await this.parse(Upgrade);
    const [root, dryRun] = [this.root(), flags['dry-run']];
    const dirty = dryRun ? undefined : await checkClean(root).catch((error: MsxError) => error);
    const upgrading = withKit(packageFolder, (kit) =>
      withGeneratorContext({ root, templates: kit.templates, interrupted: interruptSignal() }, (context) =>
        upgradeSystem(context, kit, { dryRun: dryRun || dirty !== undefined }),
      ),
    );
    const result = await this.during('merging the templates of this msx', upgrading);
    if (dirty && !result.current) throw dirty;
    const { diff, ...report } = result;
    if (!dryRun && result.conflicts.length > 0) {
      if (!this.jsonEnabled()) this.log(upgradeReport(result));
      throw new MsxError('MERGE_CONFLICTS', { files: result.conflicts, report });
    }
    if (dryRun && diff) this.logData(colouredDiff(diff, coloursOf(process.stdout)).trimEnd());
    this.log(upgradeReport(result));
    if (dryRun && !result.current) this.log(coloursOf(process.stdout).dim('Dry run: nothing was written.'));
    return dryRun ? result : report;
  }
}
