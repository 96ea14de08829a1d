import type { Log } from '../log-line.js';
import { diskFileSystem, type FileSystem } from './file-system.js';

/**
 * Flushes written files to the disk in the background, an interval after they were written to. A process crash loses
 * nothing in any case; a machine crash loses at most the last interval.
 */
export class Flusher {
  private dirty = new Set<string>();
  private running: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly log: Log,
    private readonly intervalMs = 1000,
    private readonly fs: FileSystem = diskFileSystem,
  ) {}

  wrote(path: string): void {
    this.dirty.add(path);
    this.timer ??= setTimeout(() => void this.flush(), this.intervalMs).unref();
  }

  /** Resolves once everything written before the call is on the disk. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const paths = [...this.dirty];
    this.dirty = new Set();
    this.running = this.running.then(async () => {
      for (const path of paths) await this.sync(path);
    });
    return this.running;
  }

  async close(): Promise<void> {
    await this.flush();
  }

  private async sync(path: string): Promise<void> {
    try {
      await this.fs.datasync(path);
    } catch (error) {
      const gone = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!gone) this.log('error', 'flush failed', { path, err: String(error) });
    }
  }
}
