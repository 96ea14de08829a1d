import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskFileSystem } from './file-system.js';
import { replaceFile } from './replace-file.js';
import { StorageError } from './storage-error.js';

const FILE = 'format.json';

/** The format that this version writes. The README says what it consists of. */
export const DATA_FORMAT = 2;
/** The first version of the broker that reads {@link DATA_FORMAT}. */
const NEEDS = '0.1.0';

interface Format {
  readonly format: number;
  readonly needs: string;
}

/** The data directory was written by a newer version. */
export class DataTooNew extends Error {
  override name = 'DataTooNew';

  constructor(directory: string, { format, needs }: Format) {
    super(
      `${directory} has data format ${format}; this version reads up to ${DATA_FORMAT}. Use version ${needs} of the broker or newer, or another directory.`,
    );
  }
}

/**
 * Makes sure that this version can read a data directory, and notes its format. Format 1 had no such file; it is read as it
 * is. Throws {@link DataTooNew}.
 */
export const checkDataFormat = (directory: string): void => {
  const stored = readFormat(directory);
  if (stored && stored.format > DATA_FORMAT) throw new DataTooNew(directory, stored);
  if (stored?.format === DATA_FORMAT) return;
  const content = JSON.stringify({ format: DATA_FORMAT, needs: NEEDS } satisfies Format);
  replaceFile(diskFileSystem, { path: join(directory, FILE), content });
};

const readFormat = (directory: string): Format | undefined => {
  const path = join(directory, FILE);
  try {
    const { format, needs = 'a later one' } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Format>;
    if (!Number.isInteger(format)) throw new Error('no format in it');
    return { format: format!, needs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new StorageError(path, error as Error);
  }
};
