import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Changes } from './changes.js';

/** What a run is about to replace. While it is there, the run is not over: see `recover`. */
interface Journal {
  readonly files: readonly { readonly path: string; readonly existed: boolean }[];
}

const stagingOf = (root: string) => join(root, '.msx/changes');

/**
 * Makes all changes or none. Contents are staged beside the system, the files they replace are kept, and a journal
 * says which these are; only then are the new ones moved in. When that fails, or the process dies amid it, everything
 * is put back: here, or by `recover` in the next run.
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
    recover(root);
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
  const draft = join(staging, 'journal.draft');
  writeFileSync(draft, JSON.stringify({ files } satisfies Journal));
  renameSync(draft, join(staging, 'journal.json'));
}

/** Puts back what a run that died had begun to replace. @returns whether there was such a run */
export function recover(root: string): boolean {
  const staging = stagingOf(root);
  const file = join(staging, 'journal.json');
  if (!existsSync(file)) return false;
  const { files } = JSON.parse(readFileSync(file, 'utf8')) as Journal;
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

/** The folder and those around it, as far as nothing is in them. */
export function removeEmptyFolders(root: string, folder: string): void {
  const path = join(root, folder);
  if (folder === '.' || !existsSync(path) || readdirSync(path).length > 0) return;
  rmdirSync(path);
  removeEmptyFolders(root, dirname(folder));
}
