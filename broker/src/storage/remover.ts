import type { Log } from '../log-line.js';
import type { FileSystem } from './file-system.js';

/** A directory with this suffix is no longer used; what a crash left of it is removed at the next start. */
export const REMOVED_SUFFIX = '.deleted';

/** Removes directories in the background, one file after another, so that no client waits for a large one. */
export class Remover {
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly log: Log,
    private readonly fs: FileSystem,
  ) {}

  /** The directory must have the {@link REMOVED_SUFFIX}, so that the removal can be continued after a crash. */
  remove(path: string): void {
    this.running = this.running.then(async () => {
      try {
        await this.fs.removeTree(path, () => this.stopped);
      } catch (error) {
        this.log('warn', 'directory not removed', { path, err: String(error) });
      }
    });
  }

  /** Resolves when all directories are removed. */
  async idle(): Promise<void> {
    await this.running;
  }

  /** Stops after the current file; the rest is removed at the next start. */
  async close(): Promise<void> {
    this.stopped = true;
    await this.running;
  }
}
