import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { onDisk } from '../storage/storage-error.js';
import { baseOffsetIn } from './segment.js';

/** The bytes of a partition's segments on the disk, without opening its log; 0 if it has none yet. */
export const storedSize = (directory: string): number => {
  if (!existsSync(directory)) return 0;
  return onDisk(directory, () =>
    readdirSync(directory)
      .filter((name) => baseOffsetIn(name) !== undefined)
      .reduce((sum, name) => sum + statSync(join(directory, name)).size, 0),
  );
};
