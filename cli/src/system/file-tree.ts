import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from './read-file.js';

/** The files of a system by their paths relative to its root: as they are, or as they would be. */
export interface FileTree {
  /** Undefined when there is no such file. */
  read(path: string): string | undefined;
  /** Whether there is such a file or folder. */
  has(path: string): boolean;
  /** What is in a folder. */
  names(folder: string): string[];
}

/** As they are. */
export const filesIn = (root: string): FileTree => ({
  read: (path) => (existsSync(join(root, path)) ? readText(join(root, path)) : undefined),
  has: (path) => existsSync(join(root, path)),
  names: (folder) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []),
});
