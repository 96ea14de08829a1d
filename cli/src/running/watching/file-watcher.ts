import { watch } from 'chokidar';
import { relative, sep } from 'node:path';
import type { FSWatcher } from 'chokidar';

/** Saving a file often causes several events; they arrive within this time. */
const SETTLE_MS = 15;
/** Build output, files that do not run, and temporary files of editors. */
const IGNORED = /(^|\/)(gen|node_modules|dist|\..*)(\/|$)|\.(test|fixture)\.ts$|~$/;

/** Files and folders to watch within a folder (default: everything in it). */
export interface WatchTarget {
  folder: string;
  names?: string[];
}

/**
 * Reports that something was edited, but not what: the disk is more reliable than events. It may miss edits: the number of
 * folders that a user may watch is limited, and network drives send no events.
 */
export class FileWatcher {
  #watcher: FSWatcher | undefined;
  #followed = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly onEdit: () => void) {}

  /** Replaces the watched folders; follows links. Resolves once every further edit is noticed. */
  async follow(watches: readonly WatchTarget[]): Promise<void> {
    const followed = JSON.stringify(watches);
    if (followed === this.#followed) return;
    this.#followed = followed;
    void this.#watcher?.close();
    const folders = watches.map(({ folder }) => folder);
    const ignored = (path: string) => !watches.some((each) => concerns(each, path));
    const watcher = (this.#watcher = watch(folders, { ignored, ignoreInitial: true }));
    // An error counts as a possible edit.
    watcher.on('all', () => this.#settle()).on('error', () => this.#settle());
    await new Promise<void>((resolve) => watcher.once('ready', resolve));
  }

  close(): void {
    clearTimeout(this.#timer);
    void this.#watcher?.close();
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.onEdit, SETTLE_MS);
  }
}

function concerns({ folder, names }: WatchTarget, path: string): boolean {
  const within = relative(folder, path).split(sep);
  if (within[0] === '') return true;
  if (within[0] === '..' || (names && !names.includes(within[0]!))) return false;
  return !IGNORED.test(within.join('/'));
}
