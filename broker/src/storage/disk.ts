import type { Log } from '../log-line.js';
import type { FilePool } from './file-pool.js';
import type { Flusher } from './flusher.js';

/** What everything that keeps files shares. */
export interface Disk {
  readonly files: FilePool;
  readonly flusher: Flusher;
  readonly log: Log;
}
