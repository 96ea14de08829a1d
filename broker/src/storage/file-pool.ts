import { constants } from 'node:fs';
import { sep } from 'node:path';
import { diskFileSystem, type FileSystem, type Range } from './file-system.js';
import { onDisk } from './storage-error.js';

/**
 * Reads and writes files at positions, with a bounded number of open files for any number of partitions. Writes reach
 * the kernel before they return, so they survive the end of the process.
 */
export class FilePool {
  /** In order of use: the least recently used is closed first. */
  private readonly open = new Map<string, number>();

  constructor(
    private readonly limit = 256,
    private readonly fs: FileSystem = diskFileSystem,
  ) {}

  size(path: string): number {
    return onDisk(path, () => this.fs.fstatSync(this.descriptor(path)).size);
  }

  /** Writes all `bytes` at `position`; after a disk error, the file is truncated to its previous size. */
  write(path: string, bytes: Buffer, position: number): void {
    onDisk(path, () => {
      const file = this.descriptor(path);
      try {
        for (let done = 0; done < bytes.length;)
          done += this.fs.writeSync(file, bytes, rest(bytes, done, position));
      } catch (error) {
        this.truncateAfterError(file, position);
        throw error;
      }
    });
  }

  /** Reads at most `length` bytes. */
  read(path: string, position: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, this.readInto(path, bytes, position));
  }

  /** Reads into `bytes` up to the end of the file, and returns the number of bytes read. */
  readInto(path: string, bytes: Buffer, position: number): number {
    return onDisk(path, () => {
      const file = this.descriptor(path);
      let done = 0;
      while (done < bytes.length) {
        const read = this.fs.readSync(file, bytes, rest(bytes, done, position));
        if (read === 0) break;
        done += read;
      }
      return done;
    });
  }

  truncate(path: string, size: number): void {
    onDisk(path, () => this.fs.ftruncateSync(this.descriptor(path), size));
  }

  sync(path: string): void {
    onDisk(path, () => this.fs.fdatasyncSync(this.descriptor(path)));
  }

  close(path: string): void {
    const file = this.open.get(path);
    if (file === undefined) return;
    this.open.delete(path);
    this.fs.closeSync(file);
  }

  closeUnder(directory: string): void {
    for (const path of [...this.open.keys()]) if (path.startsWith(directory + sep)) this.close(path);
  }

  closeAll(): void {
    for (const path of [...this.open.keys()]) this.close(path);
  }

  private descriptor(path: string): number {
    const cached = this.open.get(path);
    const file = cached ?? this.fs.openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    this.open.delete(path);
    this.open.set(path, file);
    if (this.open.size > this.limit) this.close(this.open.keys().next().value!);
    return file;
  }

  /** If this fails, the next write at the same position overwrites the rest. */
  private truncateAfterError(file: number, size: number): void {
    try {
      this.fs.ftruncateSync(file, size);
    } catch {
      // The error of the write is reported.
    }
  }
}

/** What is left after `done` bytes. */
const rest = (bytes: Buffer, done: number, position: number): Range => ({
  offset: done,
  length: bytes.length - done,
  position: position + done,
});
