import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from './read-file.js';

/** The files of a system by paths relative to its root: the current ones, or those after pending changes. */
export interface FileTree {
  /** Undefined when the file does not exist. */
  read(path: string): string | undefined;
  /** Whether a file or folder exists. */
  has(path: string): boolean;
  /** The names of the entries of a folder. */
  names(folder: string): string[];
}

/** The current files on disk. */
export const filesIn = (root: string): FileTree => ({
  read: (path) => (existsSync(join(root, path)) ? readText(join(root, path)) : undefined),
  has: (path) => existsSync(join(root, path)),
  names: (folder) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []),
});
