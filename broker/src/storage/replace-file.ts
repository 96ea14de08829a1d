import type { FileSystem } from './file-system.js';
import { onDisk } from './storage-error.js';

interface Replacement {
  readonly path: string;
  readonly content: string;
  readonly beforeSwap?: () => void;
}

/** Replaces a file atomically: readers see the old or the new content, even after a crash. */
export const replaceFile = (fs: FileSystem, { path, content, beforeSwap = () => {} }: Replacement): void => {
  const next = `${path}.next`;
  onDisk(next, () => {
    const file = fs.openSync(next, 'w', 0o600);
    try {
      fs.writeFileSync(file, content);
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
    beforeSwap();
    fs.renameSync(next, path);
  });
};
