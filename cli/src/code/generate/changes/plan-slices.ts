import { LEDGER_FILE, parseLedger } from '../ledger/ledger.js';
import { planSlice } from './plan-slice.js';
import type { Slice } from '../slice.js';
import type { Changes, ReadText } from './changes.js';
import type { ProjectState, SlicePlan } from './plan-slice.js';

/** The changes that generate several slices. Throws FILES_IN_THE_WAY. */
export const planSlices = (slices: readonly Slice[], state: ProjectState): Promise<SlicePlan> =>
  planSequentially(slices, state, planSlice);

/** Plans one item after the other, each on top of the changes of the previous ones. */
export async function planSequentially<T>(
  items: readonly T[],
  state: ProjectState,
  plan: (item: T, state: ProjectState) => Promise<SlicePlan>,
): Promise<SlicePlan> {
  let all: SlicePlan = { changes: new Map(), owned: [], byHand: [] };
  for (const item of items) {
    const read = readAfter(all.changes, state.read);
    const next = await plan(item, { ...state, read, ledger: parseLedger(read(LEDGER_FILE)) });
    all = {
      changes: new Map([...all.changes, ...next.changes]),
      owned: [...all.owned, ...next.owned],
      byHand: [...all.byHand, ...next.byHand],
    };
  }
  return all;
}

/** Reads files as they will be after the changes. */
export function readAfter(changes: Changes, read: ReadText): ReadText {
  return (path) => {
    const content = changes.get(path);
    if (content === undefined) return read(path);
    return content === null ? undefined : String(content);
  };
}
