import { existsSync, realpathSync, statSync } from 'node:fs';

/** The folder of a system when its engine started. */
export interface Home {
  root: string;
  /** Stays the same when the folder is moved within a file system, but differs in a copy. */
  inode: number;
}

export function homeOf(root: string): Home {
  const real = realpathSync(root);
  return { root: real, inode: statSync(real).ino };
}

/**
 * Whether a record in this folder was written by an engine of this very folder, wherever it was then, rather than copied
 * along with it: the engine of the original folder must be neither called nor ended from a copy.
 */
export function isHome(home: Home, root: string): boolean {
  const here = homeOf(root);
  return here.root === home.root || here.inode === home.inode || !existsSync(home.root);
}
