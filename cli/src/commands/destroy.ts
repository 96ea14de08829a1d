import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { joinRunning, stopRemoved } from '../running/dev/join-running.js';
import { destroySlice } from '../code/generate/destroy-slice.js';
import { withGeneratorContext } from '../code/generate/generator-context.js';
import { templateFolder } from '../installation.js';
import { checkClean } from '../code/scaffold/upgrade/check-clean.js';
import { loadSystem } from '../model/system/load-system.js';
import { GeneratingCommand } from '../terminal/base-commands/generating-command.js';
import { interruptSignal } from '../terminal/process/interrupt-signal.js';

export default class Destroy extends GeneratingCommand {
  static override summary = 'Undo msx generate, if the generated files have not been changed since.';
  static override description =
    'Deletes the generated files and removes what was added to other files, even if those were edited since. Databases are kept. If a generated file was changed, nothing is removed without --force.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> service inventory',
    '<%= config.bin %> <%= command.id %> service inventory --dry-run',
    '<%= config.bin %> <%= command.id %> service inventory --force',
    '<%= config.bin %> <%= command.id %> rpc order-service.CancelOrder',
  ];
  static override args = {
    kind: Args.string({
      description: 'what to remove',
      required: true,
      options: ['service', 'rpc', 'event', 'consumer'],
      ignoreStdin: true,
    }),
    name: Args.string({
      description: 'name that was passed to msx generate',
      required: true,
      ignoreStdin: true,
    }),
  };
  static override flags = {
    force: Flags.boolean({
      description:
        'also delete generated files that were changed; requires that all changes are committed to git',
    }),
    'dry-run': Flags.boolean({ description: 'remove nothing; show what would change' }),
  };

  async run() {
    const { args, flags } = await this.parse(Destroy);
    const root = this.root();
    const { 'dry-run': dryRun, force } = flags;
    if (force && !dryRun) await checkClean(root);
    const options = { root, templates: templateFolder(), interrupted: interruptSignal() };
    const destroying = withGeneratorContext(options, (context) =>
      destroySlice(context, `${args.kind} ${args.name}`, {
        dryRun,
        force,
        // Otherwise a running --watch would try to build the files just removed.
        before: () => stopRemoved(root, args.kind === 'service' ? [args.name] : []),
      }),
    );
    const { diff, left, ...report } = await this.during(`removing ${args.name}`, destroying);
    if (!dryRun) await joinRunning(loadSystem(root), []);
    this.report({ ...report, diff }, { dryRun });
    if (left.length > 0)
      this.log(
        ['Not removed, because msx did not write them:', ...left.map((path) => `  ${path}`)].join('\n'),
      );
    return dryRun ? { ...report, left, diff } : { ...report, left };
  }
}
