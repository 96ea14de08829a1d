import { patchOf } from './changes/show-changes.js';
import { hashOf } from './ledger/ledger.js';
import type { Ground } from './changes/plan-slice.js';
import type { Workshop } from './workshop.js';

/** A file that is not as msx wrote it any more. */
export interface Departure {
  readonly path: string;
  readonly slice: string;
  readonly state: 'changed' | 'deleted';
  /** From what msx wrote to what is there, as `git diff` has it. */
  readonly diff: string;
}

/** Where a system departs from its templates: below these paths, or everywhere. Throws LEDGER_INVALID. */
export function departuresOf(workshop: Workshop, { ledger }: Ground, below: readonly string[]): Departure[] {
  const isMeant = (path: string) =>
    below.length === 0 || below.some((each) => path === each || path.startsWith(`${each}/`));
  return Object.entries(ledger.files).flatMap(([path, { slice, hash }]) => {
    const there = workshop.read(path);
    if (!isMeant(path) || (there !== undefined && hashOf(there) === hash)) return [];
    const diff = patchOf(path, workshop.base(hash), there);
    return [{ path, slice, state: there === undefined ? ('deleted' as const) : ('changed' as const), diff }];
  });
}
