import type { Log } from '../log-line.js';
import type { FilePool } from './file-pool.js';
import type { Flusher } from './flusher.js';
import type { Remover } from './remover.js';

/** The services for everything that stores files. */
export interface Disk {
  readonly files: FilePool;
  readonly flusher: Flusher;
  readonly remover: Remover;
  readonly log: Log;
}
