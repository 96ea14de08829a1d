import { readFileSync } from 'node:fs';
import type { ProcessRun } from '../../engine/spec.js';

/** Which program a run would be of if it began now: what was built last, with the settings of the model. */
export function programOf({ program }: ProcessRun): string | undefined {
  if (!program) return undefined;
  return `${program.settings} ${contentOf(program.stamp)}`;
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
