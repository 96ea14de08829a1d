import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { MsxError } from '../errors/msx-error.js';
import { departuresOf } from '../generate/departures.js';
import { inWorkshop } from '../generate/workshop.js';
import { templateFolder } from '../installation.js';
import { coloursOf } from '../ui/colours.js';
import { interrupted } from '../ui/interrupted.js';
import { colouredDiff } from '../ui/made-report.js';
import { MsxCommand } from '../ui/msx-command.js';

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
    const options = { root, templates: templateFolder(), interrupted: interrupted() };
    const comparing = inWorkshop(options, async (workshop) =>
      departuresOf(workshop, await workshop.ground(), below.filter(Boolean)),
    );
    const files = await this.during('comparing with what was generated', comparing);
    for (const path of below) demandKnown(path, { root, files });
    const shown = files.map(({ path, state, diff }) => (flags['name-only'] ? `${state}  ${path}\n` : diff));
    const text = shown.join('').trimEnd();
    this.logData(
      files.length > 0 ? colouredDiff(text, coloursOf(process.stdout)) : 'everything is as msx wrote it',
    );
    return { files };
  }
}

/** A path that is not there is one that was generated and deleted since, or a mistake. Throws USAGE. */
function demandKnown(path: string, { root, files }: { root: string; files: readonly { path: string }[] }) {
  const isInside = !path.startsWith('..') && existsSync(join(root, path));
  const isDeleted = files.some((file) => file.path === path || file.path.startsWith(`${path}/`));
  if (!isInside && !isDeleted)
    throw new MsxError('USAGE', { reason: `there is no ${path} in this system, and msx generated none` });
}
