import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BrokerOptions } from './broker-options.js';
import { silent, type Log } from './log-line.js';
import { lockDirectory } from './storage/directory-lock.js';
import { diskOf, type Disk } from './storage/disk.js';
import { MemoryFileSystem } from './storage/memory-file-system.js';

/** The root of the files in memory. */
export const MEMORY_ROOT = '/';
const MEMORY_BYTES = 512 << 20;

export interface Storage {
  readonly disk: Disk;
  /** Where the files are. */
  readonly root: string;
  unlock(): void;
}

/**
 * The storage of a broker: its data directory, or memory. `makeRoom` deletes old records when memory is full; it returns false
 * if there are none.
 */
export const openStorage = (options: BrokerOptions, makeRoom: () => boolean): Storage =>
  options.data === undefined ? inMemory(options, makeRoom) : inDirectory(options.data, options.log ?? silent);

const inDirectory = (data: string, log: Log): Storage => {
  makePrivate(data);
  mkdirSync(join(data, 'topics'), { recursive: true, mode: 0o700 });
  accessSync(join(data, 'topics'), constants.W_OK);
  return { disk: diskOf(log), root: data, unlock: lockDirectory(data) };
};

const inMemory = (options: BrokerOptions, makeRoom: () => boolean): Storage => {
  const { memoryBytes = MEMORY_BYTES, log = silent } = options;
  const memory = new MemoryFileSystem({ maxBytes: memoryBytes, makeRoom });
  memory.mkdirSync(join(MEMORY_ROOT, 'topics'));
  return { disk: diskOf(log, memory), root: MEMORY_ROOT, unlock: () => {} };
};

/** Restricts the data directory to its owner. A directory of another user is left unchanged. */
const makePrivate = (data: string): void => {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(data);
  if (uid === process.getuid?.() && (mode & 0o077) !== 0) chmodSync(data, 0o700);
};
