import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { MsxError } from '../../terminal/errors/msx-error.js';

export const SYSTEM_FILE = 'msx.yaml';

/** The nearest folder, from this one upwards, that contains an msx.yaml. Throws NO_SYSTEM. */
export function findRoot(from: string): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, SYSTEM_FILE))) return folder;
    if (folder === dirname(folder)) throw new MsxError('NO_SYSTEM', { folder: from });
  }
}
