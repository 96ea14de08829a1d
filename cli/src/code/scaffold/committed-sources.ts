import { existsSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { git, gitOutput } from '../git/git.js';

/**
 * Writes the files of the last commit of a repository into a folder, and links the installed packages. Throws Error
 * when git fails.
 * @returns whether there is a commit; a copy without history has none, even inside another repository
 */
export async function copyCommitted(repository: string, folder: string): Promise<boolean> {
  const prefix = await gitOutput(repository, ['rev-parse', '--verify', '--quiet', '--show-prefix', 'HEAD']);
  if (!prefix?.startsWith('\n')) return false;
  const index = `${folder}.index`;
  try {
    for (const args of [
      ['read-tree', 'HEAD'],
      ['checkout-index', '--all', `--prefix=${folder}/`],
    ]) {
      const { ok, reason } = await git(repository, args, { index });
      if (!ok) throw new Error(reason);
    }
  } finally {
    rmSync(index, { force: true });
  }
  linkPackages(repository, folder);
  return true;
}

const SCOPE = '@msx';

/** Links the installed packages; packages of the repository itself are linked to those of the commit. */
function linkPackages(repository: string, folder: string): void {
  const [installed, here] = [join(repository, 'node_modules'), join(folder, 'node_modules')];
  mkdirSync(join(here, SCOPE), { recursive: true });
  for (const name of readdirSync(installed))
    if (name !== SCOPE) symlinkSync(join(installed, name), join(here, name));
  for (const name of readdirSync(join(installed, SCOPE))) {
    const link = readlinkSync(join(installed, SCOPE, name));
    const workspace = relative(repository, resolve(installed, SCOPE, link));
    if (existsSync(join(folder, workspace))) symlinkSync(join(folder, workspace), join(here, SCOPE, name));
  }
}
