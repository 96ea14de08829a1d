import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gitIn } from '../cli/src/code/git/git.fixture.js';
import { workspaces } from '../scripts/published-packages.mjs';

/** Copies the tracked files of a repository into a new folder with its installed packages, as `npm ci` leaves a clone before `prepare`. */
export function freshClone(root: string): string {
  const clone = mkdtempSync(join(tmpdir(), 'msx-clone-'));
  const files = gitIn(root, 'ls-files', '--cached', '--others', '--exclude-standard').split('\n');
  for (const file of files.filter((each) => each && existsSync(join(root, each)))) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(join(root, file), join(clone, file));
  }
  for (const folder of ['.', ...workspaces(root)]) linkPackages(join(root, folder), join(clone, folder));
  // npm links workspaces: these links point into the clone.
  mkdirSync(join(clone, 'node_modules/@msx'));
  for (const folder of workspaces(root).filter((each) => !each.includes('/')))
    symlinkSync(join(clone, folder), join(clone, 'node_modules/@msx', folder));
  return clone;
}

function linkPackages(from: string, to: string): void {
  const folder = join(from, 'node_modules');
  if (!existsSync(folder)) return;
  mkdirSync(join(to, 'node_modules'), { recursive: true });
  for (const name of readdirSync(folder).filter((each) => each !== '@msx' && each !== '.cache'))
    symlinkSync(join(folder, name), join(to, 'node_modules', name));
}
