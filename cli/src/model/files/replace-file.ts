import { linkSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

/**
 * Replaces a file atomically: readers see the old or the new content, and on failure the old file remains. The mode is
 * kept (default) or set. Throws errno errors.
 */
export function replaceFile(file: string, content: string, mode = modeOf(file)): void {
  replaceWith(file, (fresh) => writeFileSync(fresh, content, { mode, flag: 'wx' }));
}

/**
 * Creates a file atomically if it does not exist. Of several concurrent callers, one wins. Returns whether it was this
 * one. Throws errno errors.
 */
export function claimFile(file: string, content: string, mode: number): boolean {
  const fresh = freshBeside(file);
  try {
    writeFileSync(fresh, content, { mode, flag: 'wx' });
    linkSync(fresh, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Replaces a file or a link, or creates a folder, by what `make` creates under a temporary name beside it. */
export function replaceWith(target: string, make: (fresh: string) => void): void {
  const fresh = freshBeside(target);
  try {
    make(fresh);
    renameSync(fresh, target);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** A temporary name unique to this process. Leftovers of an earlier process with the same pid are removed. */
function freshBeside(target: string): string {
  const fresh = `${target}.${process.pid}.new`;
  rmSync(fresh, { recursive: true, force: true });
  return fresh;
}

const modeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mode ?? 0o666;
