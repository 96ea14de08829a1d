import { isAlive } from '../drivers/process/process-table.js';
import { readRunFile } from '../engine/control/run-file.js';

/** What still runs of a run whose engine is gone. */
export const leftBehind = (root: string): string[] =>
  (readRunFile(root)?.processes ?? []).filter(isAlive).map(({ name }) => name);
