import type { Snapshot } from '../engine/snapshot.js';

/** A sentence about a changed msx.yaml, with the command to run. */
export function modelText(model: Snapshot['model']): string | undefined {
  if (!model) return undefined;
  const { problem } = model;
  return problem
    ? `msx.yaml has changed since the start, and is not valid: ${problem}`
    : 'msx.yaml has changed since the start: msx dev restart';
}
