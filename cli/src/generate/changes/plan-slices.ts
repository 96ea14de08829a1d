import { LEDGER_FILE, parseLedger } from '../ledger/ledger.js';
import { planSlice } from './plan-slice.js';
import type { Slice } from '../slice.js';
import type { Changes, ReadText } from './changes.js';
import type { Ground, SlicePlan } from './plan-slice.js';

/** What generating several slices changes. Throws FILES_IN_THE_WAY. */
export const planSlices = (slices: readonly Slice[], ground: Ground): Promise<SlicePlan> =>
  planInTurn(slices, ground, planSlice);

/** Plans one after the other, each upon what those before will have changed. */
export async function planInTurn<T>(
  things: readonly T[],
  ground: Ground,
  plan: (thing: T, ground: Ground) => Promise<SlicePlan>,
): Promise<SlicePlan> {
  let all: SlicePlan = { changes: new Map(), owned: [], byHand: [] };
  for (const thing of things) {
    const read = readAfter(all.changes, ground.read);
    const next = await plan(thing, { ...ground, read, ledger: parseLedger(read(LEDGER_FILE)) });
    all = {
      changes: new Map([...all.changes, ...next.changes]),
      owned: [...all.owned, ...next.owned],
      byHand: [...all.byHand, ...next.byHand],
    };
  }
  return all;
}

/** Files as they will be. */
export function readAfter(changes: Changes, read: ReadText): ReadText {
  return (path) => {
    const content = changes.get(path);
    if (content === undefined) return read(path);
    return content === null ? undefined : String(content);
  };
}
