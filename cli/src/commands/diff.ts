import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { MsxError } from '../terminal/errors/msx-error.js';
import { driftOf } from '../code/generate/drift.js';
import { withGeneratorContext } from '../code/generate/generator-context.js';
import { templateFolder } from '../installation.js';
import { coloursOf } from '../terminal/screen/colours.js';
import { interruptSignal } from '../terminal/process/interrupt-signal.js';
import { colouredDiff } from '../terminal/reports/changes-report.js';
import { MsxCommand } from '../terminal/base-commands/msx-command.js';

export default class Diff extends MsxCommand {
  static override summary = 'Show how the system differs from what msx generated.';
  static override description =
    'Shows a diff for every file in .msx/ledger.json that was changed or deleted since msx wrote it. What msx itself added to a file later does not count as a difference.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> services/inventory --name-only',
  ];
  static override strict = false;
  static override args = {
    paths: Args.string({ description: 'files or folders (default: everything)', ignoreStdin: true }),
  };
  static override flags = {
    'name-only': Flags.boolean({ description: 'print only file names' }),
  };

  async run() {
    const { argv, flags } = await this.parse(Diff);
    const root = this.root();
    const below = (argv as string[]).map((path) => relative(root, resolve(path)));
    const options = { root, templates: templateFolder(), interrupted: interruptSignal() };
    const comparing = withGeneratorContext(options, async (context) =>
      driftOf(context, await context.state(), below.filter(Boolean)),
    );
    const { compared, files } = await this.during('comparing with what was generated', comparing);
    for (const path of below) checkPath(path, { root, files });
    const shown = files.map(({ path, state, diff }) => (flags['name-only'] ? `${state}  ${path}\n` : diff));
    const text = shown.join('').trimEnd();
    const same = compared > 0 ? 'everything is as msx wrote it' : 'msx has generated nothing here';
    this.logData(files.length > 0 ? colouredDiff(text, coloursOf(process.stdout)) : same);
    return { compared, files };
  }
}

/** A path that does not exist was either generated and deleted since, or is a mistake. Throws USAGE for a mistake. */
function checkPath(path: string, { root, files }: { root: string; files: readonly { path: string }[] }) {
  const isInside = !path.startsWith('..') && existsSync(join(root, path));
  const isDeleted = files.some((file) => file.path === path || file.path.startsWith(`${path}/`));
  if (!isInside && !isDeleted)
    throw new MsxError('USAGE', {
      reason: `${path} does not exist in this system, and msx did not generate it`,
    });
}
