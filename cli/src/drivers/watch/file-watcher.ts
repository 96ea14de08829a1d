import { watch } from 'node:fs';
import { sep } from 'node:path';
import type { FSWatcher } from 'node:fs';
import type { Watch } from '../../engine/spec.js';

/** Saving a file is often several events; they are over within this time. */
const SETTLED_MS = 15;
/** What builds write, what does not run, and what editors leave for themselves. */
const IGNORED = /(^|\/)(gen|node_modules|dist|\..*)(\/|$)|\.(test|fixture)\.ts$|~$/;

/** Tells which tasks an edit is the business of. */
export class FileWatcher {
  readonly #watchers: FSWatcher[] = [];
  readonly #edited = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly onEdit: (tasks: string[]) => void) {}

  /** Follows these folders, and no longer those before; what was edited there just now is told all the same. */
  follow(watches: Watch[]): void {
    this.#unwatch();
    for (const { folder, tasks } of watches) {
      const watcher = watch(folder, { recursive: true }, (_, file) => file && this.#edit(file, tasks));
      // A folder that is deleted while it is watched is an edit like others.
      watcher.on('error', () => this.#edit('', tasks));
      this.#watchers.push(watcher);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#unwatch();
  }

  #unwatch(): void {
    for (const watcher of this.#watchers.splice(0)) watcher.close();
  }

  #edit(file: string, tasks: string[]): void {
    if (IGNORED.test(file.split(sep).join('/'))) return;
    for (const task of tasks) this.#edited.add(task);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const edited = [...this.#edited];
      this.#edited.clear();
      this.onEdit(edited);
    }, SETTLED_MS);
  }
}
