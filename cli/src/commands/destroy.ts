import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { joinRunning, leaveRunning } from '../dev/join-running.js';
import { destroySlice } from '../generate/destroy-slice.js';
import { inWorkshop } from '../generate/workshop.js';
import { templateFolder } from '../installation.js';
import { loadSystem } from '../system/load-system.js';
import { GeneratingCommand } from '../ui/generating-command.js';
import { interrupted } from '../ui/interrupted.js';

export default class Destroy extends GeneratingCommand {
  static override summary = 'Undo msx generate, if the generated files have not been changed since.';
  static override description =
    'Deletes the generated files and removes what was added to other files, even if those were edited since. Databases are kept. If a generated file was changed, nothing is removed.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> service inventory',
    '<%= config.bin %> <%= command.id %> service inventory --dry-run',
    '<%= config.bin %> <%= command.id %> rpc order-service.CancelOrder',
  ];
  static override args = {
    kind: Args.string({
      description: 'what to remove',
      required: true,
      options: ['service', 'rpc', 'event', 'consumer'],
      ignoreStdin: true,
    }),
    name: Args.string({ description: 'name that it was generated with', required: true, ignoreStdin: true }),
  };
  static override flags = {
    'dry-run': Flags.boolean({ description: 'remove nothing; show what would change' }),
  };

  async run() {
    const { args, flags } = await this.parse(Destroy);
    const root = this.root();
    const dryRun = flags['dry-run'];
    const options = { root, templates: templateFolder(), interrupted: interrupted() };
    const destroying = inWorkshop(options, (workshop) =>
      destroySlice(workshop, `${args.kind} ${args.name}`, {
        dryRun,
        // Else a running --watch would try to build what has just gone.
        before: () => leaveRunning(root, args.kind === 'service' ? [args.name] : []),
      }),
    );
    const { diff, left, ...report } = await this.during(`removing ${args.name}`, destroying);
    if (!dryRun) await joinRunning(loadSystem(root), []);
    this.tell({ ...report, diff }, { dryRun });
    if (left.length > 0)
      this.log(['These stay, as msx did not write them:', ...left.map((path) => `  ${path}`)].join('\n'));
    return dryRun ? { ...report, left, diff } : { ...report, left };
  }
}
