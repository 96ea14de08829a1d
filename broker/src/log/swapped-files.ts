import { join } from 'node:path';
import type { FileSystem } from '../storage/file-system.js';
import { baseOffsetIn, fileNameOf } from './segment.js';

const CLEANED = '.cleaned';

/**
 * Replaces segments by their compacted file in two steps, so that a crash leaves either the old or the new ones: the
 * file gets a name that says which offsets it replaces, and then takes the place of the segments.
 */
export const swapName = (base: number, end: number): string => fileNameOf(base, `.${end}.swap`);

const rangeIn = (name: string): { base: number; end: number } | undefined => {
  const [, base, end] = /^(\d{20})\.(\d+)\.swap$/.exec(name) ?? [];
  return base === undefined ? undefined : { base: Number(base), end: Number(end) };
};

/** Finishes what a crash has interrupted. */
export const finishSwaps = (directory: string, fs: FileSystem): void => {
  const names = fs.readdirSync(directory);
  for (const name of names.filter((each) => each.endsWith(CLEANED))) fs.unlinkSync(join(directory, name));
  for (const name of names) {
    const range = rangeIn(name);
    if (!range) continue;
    for (const segment of names) {
      const offset = baseOffsetIn(segment) ?? -1;
      if (offset >= range.base && offset < range.end) fs.unlinkSync(join(directory, segment));
    }
    fs.renameSync(join(directory, name), join(directory, fileNameOf(range.base)));
  }
};
