import { constants } from 'node:fs';
import { basename, dirname, sep } from 'node:path';
import type { FileSystem, Range, Space } from './file-system.js';
import { MemoryFile } from './memory-file.js';

type Directory = Map<string, Directory | MemoryFile>;

interface Limits {
  /** The bytes of all files; beyond them, a write fails like one on a full disk. */
  readonly maxBytes: number;
  /** Called when a write does not fit; returns whether it has made room. */
  makeRoom(): boolean;
}

/** Files in memory, which are gone with the process. Paths and errors are those of a disk. */
export class MemoryFileSystem implements FileSystem {
  readonly maxSegmentBytes: number;
  private readonly root: Directory = new Map();
  private readonly open = new Map<number, MemoryFile>();
  private lastDescriptor = 0;
  private bytes = 0;

  constructor(private readonly limits: Limits) {
    this.maxSegmentBytes = Math.max(1 << 16, Math.floor(limits.maxBytes / SEGMENTS));
  }

  /** The bytes of all files. */
  get size(): number {
    return this.bytes;
  }

  openSync(path: string, flags: number | string): number {
    const parent = this.directory(dirname(path));
    let file = parent.get(basename(path));
    if (file && !(file instanceof MemoryFile)) throw failure('EISDIR', path);
    const creates = flags === 'w' || (typeof flags === 'number' && (flags & constants.O_CREAT) !== 0);
    if (!file && !creates) throw failure('ENOENT', path);
    if (!file) parent.set(basename(path), (file = new MemoryFile()));
    else if (flags === 'w') this.resize(file, 0);
    this.open.set(++this.lastDescriptor, file);
    return this.lastDescriptor;
  }

  closeSync(file: number): void {
    this.open.delete(file);
  }

  readSync(file: number, bytes: Uint8Array, { offset, length, position }: Range): number {
    return this.file(file).read(bytes.subarray(offset, offset + length), position);
  }

  writeSync(file: number, bytes: Uint8Array, { offset, length, position }: Range): number {
    // Nothing written extends no file, wherever it would begin.
    if (length === 0) return 0;
    const target = this.file(file);
    this.reserve(position + length - target.size);
    const before = target.size;
    target.write(bytes.subarray(offset, offset + length), position);
    this.bytes += target.size - before;
    return length;
  }

  fstatSync(file: number): { size: number } {
    return { size: this.file(file).size };
  }

  statSync(path: string): { size: number } {
    const node = this.directory(dirname(path)).get(basename(path));
    if (!node) throw failure('ENOENT', path);
    return { size: sizeOf(node) };
  }

  ftruncateSync(file: number, size: number): void {
    this.resize(this.file(file), size);
  }

  writeFileSync(file: number, content: string): void {
    const bytes = Buffer.from(content);
    this.writeSync(file, bytes, { offset: 0, length: bytes.length, position: 0 });
  }

  readFileSync(path: string): Buffer {
    const file = this.directory(dirname(path)).get(basename(path));
    if (!(file instanceof MemoryFile)) throw failure(file ? 'EISDIR' : 'ENOENT', path);
    const bytes = Buffer.alloc(file.size);
    file.read(bytes, 0);
    return bytes;
  }

  readdirSync(path: string): string[] {
    return [...this.directory(path).keys()];
  }

  mkdirSync(path: string): void {
    let at = this.root;
    for (const name of namesIn(path)) {
      const next = at.get(name) ?? new Map();
      if (next instanceof MemoryFile) throw failure('EEXIST', path);
      at.set(name, next);
      at = next;
    }
  }

  renameSync(from: string, to: string): void {
    const source = this.directory(dirname(from));
    const node = source.get(basename(from));
    if (!node) throw failure('ENOENT', from);
    const target = this.directory(dirname(to));
    const replaced = target.get(basename(to));
    if (replaced) this.bytes -= sizeOf(replaced);
    source.delete(basename(from));
    target.set(basename(to), node);
  }

  unlinkSync(path: string): void {
    const parent = this.directory(dirname(path));
    const node = parent.get(basename(path));
    if (!node) throw failure('ENOENT', path);
    parent.delete(basename(path));
    this.bytes -= sizeOf(node);
  }

  rmSync(path: string): void {
    try {
      this.unlinkSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }

  space(): Promise<Space> {
    const { maxBytes } = this.limits;
    return Promise.resolve({ totalBytes: maxBytes, usableBytes: Math.max(0, maxBytes - this.bytes) });
  }

  removeTree(path: string): Promise<void> {
    this.rmSync(path);
    return Promise.resolve();
  }

  fsyncSync(): void {}
  fdatasyncSync(): void {}
  datasync(): Promise<void> {
    return Promise.resolve();
  }

  private reserve(bytes: number): void {
    while (bytes > 0 && this.bytes + bytes > this.limits.maxBytes)
      if (!this.limits.makeRoom()) throw failure('ENOSPC', `${this.limits.maxBytes} bytes of memory`);
  }

  private resize(file: MemoryFile, size: number): void {
    this.reserve(size - file.size);
    this.bytes += size - file.size;
    file.resize(size);
  }

  private file(descriptor: number): MemoryFile {
    const file = this.open.get(descriptor);
    if (!file) throw failure('EBADF', String(descriptor));
    return file;
  }

  private directory(path: string): Directory {
    let at: Directory | MemoryFile | undefined = this.root;
    for (const name of namesIn(path)) {
      at = at instanceof Map ? at.get(name) : undefined;
      if (!at) throw failure('ENOENT', path);
    }
    if (at instanceof MemoryFile) throw failure('ENOTDIR', path);
    return at;
  }
}

/** Memory is freed a segment at a time: this many fit. */
const SEGMENTS = 32;

const namesIn = (path: string): string[] => path.split(sep).filter((name) => name !== '' && name !== '.');

const sizeOf = (node: Directory | MemoryFile): number =>
  node instanceof MemoryFile ? node.size : [...node.values()].reduce((sum, each) => sum + sizeOf(each), 0);

const failure = (code: string, path: string): Error =>
  Object.assign(new Error(`${code}: ${path}`), { code, path });
