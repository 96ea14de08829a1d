import type { ReadText } from './changes/changes.js';
import type { SlicePlan } from './changes/plan-slice.js';

/** What a run has changed, or would change, by path. */
export interface Outcome {
  readonly created: string[];
  readonly changed: string[];
  readonly removed: string[];
  /** Files that are a person's own by now, and stay as they are. */
  readonly owned: readonly string[];
  /** What a person is to do. */
  readonly byHand: readonly string[];
}

/** @param read files as they were before */
export function outcomeOf({ changes, owned, byHand }: SlicePlan, read: ReadText): Outcome {
  const paths = [...changes].filter(([path]) => !isOwn(path)).sort(([a], [b]) => (a < b ? -1 : 1));
  const those = (wanted: (path: string, content: unknown) => boolean) =>
    paths.filter(([path, content]) => wanted(path, content)).map(([path]) => path);
  return {
    created: those((path, content) => content !== null && read(path) === undefined),
    changed: those((path, content) => content !== null && read(path) !== undefined),
    removed: those((_, content) => content === null),
    owned,
    byHand,
  };
}

/** What msx keeps for itself says nothing to a person. */
export const isOwn = (path: string): boolean => path.startsWith('.msx/');
