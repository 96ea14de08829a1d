import { renameSync, rmSync } from 'node:fs';

/** Replaces a folder as a whole, also with concurrent callers: the last one wins. */
export function replaceFolder(fresh: string, target: string): void {
  const old = `${target}.${process.pid}.old`;
  for (;;) {
    rename(target, old, ['ENOENT']);
    const isPlaced = rename(fresh, target, ['ENOTEMPTY', 'EEXIST']);
    rmSync(old, { recursive: true, force: true });
    if (isPlaced) return;
  }
}

function rename(from: string, to: string, tolerated: string[]): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (tolerated.includes((error as NodeJS.ErrnoException).code!)) return false;
    throw error;
  }
}
