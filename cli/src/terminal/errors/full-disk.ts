import { existsSync, statfsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import type { FullDisk } from './general.js';

/** With less than this, a write is likely to fail. */
const FULL_BYTES = 64 * 1024;

/**
 * Which disk is full. Node names the file when opening it fails, but not when writing to it fails: then msx checks the
 * folders that it writes to.
 */
export function fullDisk(file: string | undefined): FullDisk {
  if (file && !isAbsolute(file)) return { file };
  if (file) return { file, free: freeIn(file) };
  const folder = writtenFolders().find((each) => (freeIn(each) ?? Infinity) < FULL_BYTES);
  return folder ? { folder, free: freeIn(folder) } : {};
}

/** The free bytes of the disk that a path is on, or would be on. */
function freeIn(path: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    return path === dirname(path) ? undefined : freeIn(dirname(path));
  }
}

function writtenFolders(): string[] {
  const folders = [process.cwd()];
  while (folders.at(-1) !== dirname(folders.at(-1)!)) folders.push(dirname(folders.at(-1)!));
  const own = folders.map((folder) => join(folder, '.msx')).filter(existsSync);
  return [...own, process.cwd(), tmpdir(), homedir()];
}
