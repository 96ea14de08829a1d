import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { onDisk } from './storage-error.js';

/** Replaces a file in one step: whoever reads it, even after a crash, sees the old content or the new. */
export const replaceFile = (path: string, content: string, beforeSwap: () => void = () => {}): void => {
  const next = `${path}.next`;
  onDisk(next, () => {
    const file = openSync(next, 'w');
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
