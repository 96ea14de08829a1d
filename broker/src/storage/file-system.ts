import fs, { promises } from 'node:fs';
import { join } from 'node:path';

/**
 * The part of `node:fs` that the broker uses, with its semantics and error codes: the log, the state and the topics do
 * not know whether they are on a disk or in memory. Only this room imports `node:fs`.
 */
export interface FileSystem {
  /**
   * A segment is not larger than this, so that one is read quickly, and memory can be freed by deleting whole segments.
   */
  readonly maxSegmentBytes: number;
  openSync(path: string, flags: number | string, mode?: number): number;
  closeSync(file: number): void;
  readSync(file: number, bytes: Uint8Array, range: Range): number;
  writeSync(file: number, bytes: Uint8Array, range: Range): number;
  fstatSync(file: number): { readonly size: number };
  statSync(path: string): { readonly size: number };
  ftruncateSync(file: number, size: number): void;
  fsyncSync(file: number): void;
  fdatasyncSync(file: number): void;
  readFileSync(path: string): Buffer;
  writeFileSync(file: number, content: string): void;
  readdirSync(path: string): string[];
  mkdirSync(path: string, options: { recursive: true; mode?: number }): unknown;
  renameSync(from: string, to: string): void;
  unlinkSync(path: string): void;
  rmSync(path: string, options: { force: true; recursive?: boolean }): void;
  /** Removes a directory, one file after another, until `isStopped`. */
  removeTree(path: string, isStopped: () => boolean): Promise<void>;
  /** The space of the file system that has this path. */
  space(path: string): Promise<Space>;
  /** Flushes a file to the disk without blocking other work. */
  datasync(path: string): Promise<void>;
}

export interface Space {
  readonly totalBytes: number;
  readonly usableBytes: number;
}

export interface Range {
  /** Where in the buffer. */
  readonly offset: number;
  readonly length: number;
  /** Where in the file. */
  readonly position: number;
}

const datasync = async (path: string): Promise<void> => {
  const file = await promises.open(path, 'r+');
  await file.datasync().finally(() => file.close());
};

const space = async (path: string): Promise<Space> => {
  const { blocks, bavail, bsize } = await promises.statfs(path);
  return { totalBytes: blocks * bsize, usableBytes: bavail * bsize };
};

const removeTree = async (path: string, isStopped: () => boolean): Promise<void> => {
  for await (const entry of await promises.opendir(path)) {
    if (isStopped()) return;
    const child = join(path, entry.name);
    if (entry.isDirectory()) await removeTree(child, isStopped);
    else await promises.unlink(child);
  }
  if (!isStopped()) await promises.rmdir(path);
};

export const diskFileSystem: FileSystem = {
  maxSegmentBytes: 16 << 20,
  openSync: fs.openSync,
  closeSync: fs.closeSync,
  readSync: fs.readSync,
  writeSync: (file, bytes, { offset, length, position }) =>
    fs.writeSync(file, bytes, offset, length, position),
  fstatSync: fs.fstatSync,
  statSync: fs.statSync,
  ftruncateSync: fs.ftruncateSync,
  fsyncSync: fs.fsyncSync,
  fdatasyncSync: fs.fdatasyncSync,
  readFileSync: fs.readFileSync,
  writeFileSync: fs.writeFileSync,
  readdirSync: fs.readdirSync,
  mkdirSync: fs.mkdirSync,
  renameSync: fs.renameSync,
  unlinkSync: fs.unlinkSync,
  rmSync: fs.rmSync,
  space,
  removeTree,
  datasync,
};
