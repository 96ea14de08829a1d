import type { Log } from '../log-line.js';
import { diskFileSystem, type FileSystem } from './file-system.js';
import { StorageError } from './storage-error.js';

/**
 * Flushes written files to the disk in the background, an interval after they were written to. A process crash loses
 * nothing in any case; a machine crash loses at most the last interval.
 */
export class Flusher {
  private dirty = new Set<string>();
  private running: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private due = Infinity;
  private readonly current = new Map<string, Promise<void>>();
  private readonly next = new Map<string, Promise<void>>();

  constructor(
    private readonly log: Log,
    private readonly intervalMs = 1000,
    private readonly fs: FileSystem = diskFileSystem,
  ) {}

  /** The file is flushed within this time, or earlier. */
  wrote(path: string, withinMs = this.intervalMs): void {
    this.dirty.add(path);
    const delay = Math.min(withinMs, this.intervalMs);
    const due = performance.now() + delay;
    if (due >= this.due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => void this.flush(), delay).unref();
  }

  /**
   * Flushes a file now. Everything written before the call is on the disk when the promise resolves; calls during a flush of
   * the file share the next one. Rejects with StorageError.
   */
  flushNow(path: string): Promise<void> {
    const waiting = this.next.get(path);
    if (waiting) return waiting;
    const next = this.after(this.current.get(path), path);
    this.next.set(path, next);
    return next;
  }

  private async after(previous: Promise<void> | undefined, path: string): Promise<void> {
    await previous?.catch(() => {}); // Its own callers learn of the error.
    const flushing = this.fs.datasync(path);
    this.next.delete(path);
    this.current.set(path, flushing);
    try {
      await flushing;
    } catch (error) {
      throw new StorageError(path, error as Error);
    } finally {
      if (this.current.get(path) === flushing) this.current.delete(path);
    }
  }

  /** Resolves once everything written before the call is on the disk. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.due = Infinity;
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
