import * as Flags from '@oclif/core/flags';
import { MsxError } from '../errors/msx-error.js';
import { inWorkshop } from '../generate/workshop.js';
import { packageFolder } from '../installation.js';
import { withKit } from '../scaffold/kit.js';
import { checkClean } from '../scaffold/upgrade/check-clean.js';
import { upgradeSystem } from '../scaffold/upgrade/upgrade-system.js';
import { coloursOf } from '../ui/colours.js';
import { GeneratingCommand } from '../ui/generating-command.js';
import { interrupted } from '../ui/interrupted.js';
import { colouredDiff } from '../ui/made-report.js';
import type { Upgrade as Upgraded } from '../scaffold/upgrade/upgrade-system.js';

export default class Upgrade extends GeneratingCommand {
  static override summary =
    'Update a system to the templates and packages of this msx, merging local changes.';
  static override description =
    'Unchanged files are updated to their new templates. Changed files get a three-way merge; where both sides changed the same lines, both versions are left between conflict markers. npx msx in a system is the msx in its vendor folder, so it can only be at the same version: install the newer msx elsewhere, for example with npm install --global msx-cli-VERSION.tgz, and run that one in the folder of the system. It replaces the packages in vendor; run npm install afterwards. Git must have no uncommitted changes there, so that it can show and undo the upgrade.';
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
      inWorkshop({ root, templates: kit.templates, interrupted: interrupted() }, (workshop) =>
        upgradeSystem(workshop, kit, { dryRun: dryRun || dirty !== undefined }),
      ),
    );
    const done = await this.during('merging the templates of this msx', upgrading);
    if (dirty && !done.current) throw dirty;
    const { diff, ...report } = done;
    if (!dryRun && done.conflicts.length > 0) {
      if (!this.jsonEnabled()) this.log(reportOf(done));
      throw new MsxError('MERGE_CONFLICTS', { files: done.conflicts, report });
    }
    if (dryRun && diff) this.logData(colouredDiff(diff, coloursOf(process.stdout)).trimEnd());
    this.log(reportOf(done));
    if (dryRun && !done.current)
      this.log(coloursOf(process.stdout).dim('Nothing was written: this is what would be.'));
    return dryRun ? done : report;
  }
}

function reportOf(done: Upgraded) {
  const { followed, merged, conflicts, removed, kept, migrated, rendered, packages, left, byHand } = done;
  const { version, current } = done;
  const { green, yellow, red, cyan, dim } = coloursOf(process.stdout);
  const lines = [
    ...followed.map((path) => `${green('follows ')}  ${path}`),
    ...merged.map((path) => `${yellow('merged  ')}  ${path}`),
    ...conflicts.map((path) => `${red('conflict')}  ${path}`),
    ...removed.map((path) => `${red('removed ')}  ${path}`),
    ...kept.map((path) => `${dim('kept    ')}  ${path}`),
    ...left.map((reason) => `${dim('left    ')}  ${reason}`),
    ...migrated.map((title) => `${yellow('migrated')}  msx.yaml: ${title}`),
    ...rendered.map((path) => `${green('rendered')}  ${path}`),
    ...(byHand.length > 0 ? ['To be done by hand:', ...byHand.map((each) => `  ${each}`)] : []),
    ...(packages ? ['Its packages are other ones now: run npm install.'] : []),
    ...(current
      ? [
          `Nothing to upgrade: this is msx ${version}, and the system is at the same version.`,
          `${cyan('→')} ${dim('For a newer one, install the newer msx elsewhere (npm install --global FILE.tgz), and run its msx upgrade here: npx msx is the one in vendor/.')}`,
        ]
      : []),
  ];
  return lines.join('\n');
}
