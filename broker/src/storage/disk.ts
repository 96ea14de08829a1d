import type { Log } from '../log-line.js';
import { diskFileSystem, type FileSystem } from './file-system.js';
import { FilePool } from './file-pool.js';
import { Flusher } from './flusher.js';
import { Remover } from './remover.js';

/** The services for everything that stores files. */
export interface Disk {
  readonly fs: FileSystem;
  readonly files: FilePool;
  readonly flusher: Flusher;
  readonly remover: Remover;
  /** Whether everything is flushed before it is acknowledged. */
  readonly fsync: boolean;
  readonly log: Log;
}

/** Open files and their flushing in a file system. */
export const diskOf = (log: Log, fs: FileSystem = diskFileSystem, fsync = false): Disk => ({
  fs,
  files: new FilePool(undefined, fs),
  flusher: new Flusher(log, undefined, fs),
  remover: new Remover(log, fs),
  fsync,
  log,
});
