import type { ReadText } from './changes/changes.js';
import type { SlicePlan } from './changes/plan-slice.js';

/** The changes of a run, or of a dry run, by path. */
export interface Outcome {
  readonly created: string[];
  readonly changed: string[];
  readonly removed: string[];
  /** Files that the user has changed: msx does not overwrite them. */
  readonly owned: readonly string[];
  /** What the user has to do. */
  readonly byHand: readonly string[];
}

/** @param read reads files as they were before the changes */
export function outcomeOf({ changes, owned, byHand }: SlicePlan, read: ReadText): Outcome {
  const paths = [...changes].filter(([path]) => !isInternal(path)).sort(([a], [b]) => (a < b ? -1 : 1));
  const pathsThat = (matches: (path: string, content: unknown) => boolean) =>
    paths.filter(([path, content]) => matches(path, content)).map(([path]) => path);
  return {
    created: pathsThat((path, content) => content !== null && read(path) === undefined),
    changed: pathsThat((path, content) => content !== null && read(path) !== undefined),
    removed: pathsThat((_, content) => content === null),
    owned,
    byHand,
  };
}

/** Internal files of msx are not reported to the user. */
export const isInternal = (path: string): boolean => path.startsWith('.msx/');
