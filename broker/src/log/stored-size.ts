import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { onDisk } from '../storage/storage-error.js';
import { baseOffsetIn } from './segment.js';

/** The bytes of a partition's segments on the disk, without opening its log; 0 if it has none yet. */
export const storedSize = (directory: string): number => {
  try {
    const segments = readdirSync(directory).filter((name) => baseOffsetIn(name) !== undefined);
    return segments.reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    return onDisk(directory, () => {
      throw error;
    });
  }
};
