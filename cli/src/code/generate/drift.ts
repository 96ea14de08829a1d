import { patchOf } from './changes/show-changes.js';
import { hashOf } from './ledger/ledger.js';
import type { ProjectState } from './changes/plan-slice.js';
import type { GeneratorContext } from './generator-context.js';

/** A generated file that was changed or deleted since msx wrote it. */
export interface DriftedFile {
  readonly path: string;
  readonly slice: string;
  readonly state: 'changed' | 'deleted';
  /** The difference between the text that msx wrote and the current one, in the format of `git diff`. */
  readonly diff: string;
}

/** The comparison of the generated files with the current ones. */
export interface DriftReport {
  /** The number of files that msx wrote below the requested paths. */
  readonly compared: number;
  readonly files: DriftedFile[];
}

/**
 * The generated files below these paths (default: all) that differ from the text that msx wrote. Throws LEDGER_INVALID.
 */
export function driftOf(
  context: GeneratorContext,
  { ledger }: ProjectState,
  below: readonly string[],
): DriftReport {
  const isSelected = (path: string) =>
    below.length === 0 || below.some((each) => path === each || path.startsWith(`${each}/`));
  const generated = Object.entries(ledger.files).filter(([path]) => isSelected(path));
  const files = generated.flatMap(([path, { slice, hash }]) => {
    const current = context.read(path);
    if (current !== undefined && hashOf(current) === hash) return [];
    const diff = patchOf(path, context.base(hash), current);
    return [
      { path, slice, state: current === undefined ? ('deleted' as const) : ('changed' as const), diff },
    ];
  });
  return { compared: generated.length, files };
}
