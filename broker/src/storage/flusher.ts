import { open } from 'node:fs/promises';
import type { Log } from '../log-line.js';

/**
 * Flushes written files to the disk in the background, once per interval. A process crash loses nothing in any case; a
 * machine crash loses at most the last interval.
 */
export class Flusher {
  private dirty = new Set<string>();
  private running: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly log: Log,
    intervalMs = 1000,
  ) {
    this.timer = setInterval(() => void this.flush(), intervalMs).unref();
  }

  wrote(path: string): void {
    this.dirty.add(path);
  }

  /** Resolves once everything written before the call is on the disk. */
  flush(): Promise<void> {
    const paths = [...this.dirty];
    this.dirty = new Set();
    this.running = this.running.then(async () => {
      for (const path of paths) await this.sync(path);
    });
    return this.running;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  private async sync(path: string): Promise<void> {
    try {
      const file = await open(path, 'r+');
      await file.datasync().finally(() => file.close());
    } catch (error) {
      const gone = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!gone) this.log('error', 'flush failed', { path, err: String(error) });
    }
  }
}
