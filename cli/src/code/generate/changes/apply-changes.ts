import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { replaceFile } from '../../../model/files/replace-file.js';
import { readText } from '../../../model/system/read-file.js';
import type { Changes } from './changes.js';

/** The files that a run is about to replace. It exists while the run is incomplete: see `recoverChanges`. */
interface Journal {
  readonly files: readonly { readonly path: string; readonly existed: boolean }[];
}

const stagingOf = (root: string) => join(root, '.msx/changes');

/**
 * Makes all changes or none. The new contents and the old files are staged and listed in a journal before the new ones
 * are moved into place. When that fails, or the process dies, everything is rolled back: here, or by `recoverChanges`
 * in the next run.
 */
export function applyChanges(root: string, changes: Changes): void {
  if (changes.size === 0) return;
  const staging = stagingOf(root);
  rmSync(staging, { recursive: true, force: true });
  try {
    stage(root, changes);
    for (const [n, [path, content]] of [...changes].entries()) {
      const target = join(root, path);
      mkdirSync(dirname(target), { recursive: true });
      if (content === null) rmSync(target, { force: true });
      else renameSync(join(staging, `${n}.new`), target);
    }
  } catch (error) {
    recoverChanges(root);
    rmSync(staging, { recursive: true, force: true });
    throw error;
  }
  rmSync(join(staging, 'journal.json'));
  rmSync(staging, { recursive: true, force: true });
  for (const [path, content] of changes) if (content === null) removeEmptyFolders(root, dirname(path));
}

function stage(root: string, changes: Changes): void {
  const staging = stagingOf(root);
  mkdirSync(staging, { recursive: true });
  const files = [...changes].map(([path, content], n) => {
    const target = join(root, path);
    const existed = existsSync(target);
    if (existed) copyFileSync(target, join(staging, `${n}.old`));
    if (content !== null) writeFileSync(join(staging, `${n}.new`), content);
    return { path, existed };
  });
  replaceFile(join(staging, 'journal.json'), JSON.stringify({ files } satisfies Journal));
}

/** Rolls back the incomplete changes of a crashed run. @returns whether there was such a run */
export function recoverChanges(root: string): boolean {
  const staging = stagingOf(root);
  const file = join(staging, 'journal.json');
  if (!existsSync(file)) return false;
  const { files } = JSON.parse(readText(file)) as Journal;
  for (const [n, { path, existed }] of files.entries()) {
    const target = join(root, path);
    if (existed) {
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(join(staging, `${n}.old`), target);
    } else {
      rmSync(target, { force: true });
      removeEmptyFolders(root, dirname(path));
    }
  }
  rmSync(staging, { recursive: true, force: true });
  return true;
}

/** Removes the folder and its parents as long as they are empty. */
export function removeEmptyFolders(root: string, folder: string): void {
  const path = join(root, folder);
  if (folder === '.' || !existsSync(path) || readdirSync(path).length > 0) return;
  rmdirSync(path);
  removeEmptyFolders(root, dirname(folder));
}
