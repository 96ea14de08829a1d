import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ProcessRun } from '../../engine/spec.js';

/** Identifies the program that a run would have if it started now: the latest build, with the settings of model and files. */
export function programOf({ program }: ProcessRun): string | undefined {
  if (!program) return undefined;
  const hash = createHash('sha256').update(program.settings);
  for (const file of program.files) hash.update('\0').update(contentOf(file));
  return hash.digest('hex');
}

function contentOf(file: string): Buffer | string {
  try {
    return readFileSync(file);
  } catch {
    return '';
  }
}
