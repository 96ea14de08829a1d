import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { onDisk } from './storage-error.js';

/** Replaces a file atomically: readers see the old or the new content, even after a crash. */
export const replaceFile = (path: string, content: string, beforeSwap: () => void = () => {}): void => {
  const next = `${path}.next`;
  onDisk(next, () => {
    const file = openSync(next, 'w', 0o600);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    beforeSwap();
    renameSync(next, path);
  });
};
