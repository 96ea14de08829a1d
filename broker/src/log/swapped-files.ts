import { readdirSync, renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
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
export const finishSwaps = (directory: string, names: readonly string[]): void => {
  for (const name of names.filter((each) => each.endsWith(CLEANED))) unlinkSync(join(directory, name));
  for (const name of names) {
    const range = rangeIn(name);
    if (range) finishSwap(directory, name, range);
  }
};

const finishSwap = (directory: string, name: string, { base, end }: { base: number; end: number }): void => {
  for (const segment of readdirSync(directory)) {
    const offset = baseOffsetIn(segment);
    if (offset !== undefined && offset >= base && offset < end) unlinkSync(join(directory, segment));
  }
  renameSync(join(directory, name), join(directory, fileNameOf(base)));
};
