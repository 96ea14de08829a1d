import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { sep } from 'node:path';
import { onDisk } from './storage-error.js';

/**
 * Reads and writes files at positions, with a bounded number of them open, so that thousands of partitions need
 * no more descriptors than a few. Writes reach the kernel before they return: they survive the end of the process.
 */
export class FilePool {
  /** In order of use: the first is the one to close. */
  private readonly open = new Map<string, number>();

  constructor(private readonly limit = 256) {}

  size(path: string): number {
    return onDisk(path, () => fstatSync(this.descriptor(path)).size);
  }

  /** All of `bytes` at `position`, or, if the disk refuses, none: the file is cut back to where it was. */
  write(path: string, bytes: Buffer, position: number): void {
    onDisk(path, () => {
      const file = this.descriptor(path);
      try {
        for (let done = 0; done < bytes.length;)
          done += writeSync(file, bytes, done, bytes.length - done, position + done);
      } catch (error) {
        cutBack(file, position);
        throw error;
      }
    });
  }

  /** As many bytes as there are, at most `length`. */
  read(path: string, position: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, this.readInto(path, bytes, position));
  }

  /** Fills `bytes` as far as the file goes and says how far that was. */
  readInto(path: string, bytes: Buffer, position: number): number {
    return onDisk(path, () => {
      const file = this.descriptor(path);
      let done = 0;
      while (done < bytes.length) {
        const read = readSync(file, bytes, done, bytes.length - done, position + done);
        if (read === 0) break;
        done += read;
      }
      return done;
    });
  }

  truncate(path: string, size: number): void {
    onDisk(path, () => ftruncateSync(this.descriptor(path), size));
  }

  sync(path: string): void {
    onDisk(path, () => fdatasyncSync(this.descriptor(path)));
  }

  close(path: string): void {
    const file = this.open.get(path);
    if (file === undefined) return;
    this.open.delete(path);
    closeSync(file);
  }

  closeUnder(directory: string): void {
    for (const path of [...this.open.keys()]) if (path.startsWith(directory + sep)) this.close(path);
  }

  closeAll(): void {
    for (const path of [...this.open.keys()]) this.close(path);
  }

  private descriptor(path: string): number {
    const known = this.open.get(path);
    const file = known ?? openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644);
    this.open.delete(path);
    this.open.set(path, file);
    if (this.open.size > this.limit) this.close(this.open.keys().next().value!);
    return file;
  }
}

/** What a disk refuses to cut off, the next write to the same position replaces. */
const cutBack = (file: number, size: number): void => {
  try {
    ftruncateSync(file, size);
  } catch {
    // The write's own error says what is wrong.
  }
};
