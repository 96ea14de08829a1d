import { join } from 'node:path';
import type { FileSystem } from '../storage/file-system.js';
import { onDisk } from '../storage/storage-error.js';
import { baseOffsetIn } from './segment.js';

/** The bytes of a partition's segments, without opening its log; 0 if it has none yet. */
export const storedSize = (fs: FileSystem, directory: string): number => {
  try {
    const segments = fs.readdirSync(directory).filter((name) => baseOffsetIn(name) !== undefined);
    return segments.reduce((sum, name) => sum + fs.statSync(join(directory, name)).size, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    return onDisk(directory, () => {
      throw error;
    });
  }
};
