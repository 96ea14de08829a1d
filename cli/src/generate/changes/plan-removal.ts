import { MsxError } from '../../errors/msx-error.js';
import { hasItems } from '../edits/data-edit.js';
import { isOption } from '../edits/edit.js';
import { hashOf } from '../ledger/ledger.js';
import { addLedger, planEdits } from './plan-slice.js';
import { planInTurn, readAfter } from './plan-slices.js';
import type { Edit } from '../edits/edit.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Ground, SlicePlan } from './plan-slice.js';

/**
 * What undoing a generation changes, with all that was generated into it: files go, and edits come out of the files
 * of others. Throws NOT_GENERATED, and FILES_OWNED when a person has changed one of the files.
 */
export function planRemoval(id: string, ground: Ground): Promise<SlicePlan> {
  const { ledger, read } = ground;
  if (!ledger.slices[id])
    throw new MsxError('NOT_GENERATED', { what: id, known: Object.keys(ledger.slices) });
  const ids = [...partsOf(id, ledger), id];
  const owned = Object.entries(ledger.files).filter(([path, { slice, hash }]) => {
    const there = read(path);
    return ids.includes(slice) && there !== undefined && hashOf(there) !== hash;
  });
  if (owned.length > 0) throw new MsxError('FILES_OWNED', { files: owned.map(([path]) => path) });
  return planInTurn(ids, ground, removeOne);
}

/** What was generated into something that was generated, the latest first. */
function partsOf(id: string, { slices }: Ledger): string[] {
  const parts = Object.keys(slices).filter((other) => slices[other]!.part === id);
  return parts.flatMap((part) => [...partsOf(part, { slices } as Ledger), part]);
}

async function removeOne(id: string, ground: Ground): Promise<SlicePlan> {
  const { read, ledger } = ground;
  const changes = new Map<string, string | Buffer | null>();
  const files = Object.fromEntries(Object.entries(ledger.files).filter(([, { slice }]) => slice !== id));
  for (const [path, { slice }] of Object.entries(ledger.files))
    if (slice === id && read(path) !== undefined) changes.set(path, null);
  const { edits } = ledger.slices[id]!;
  const takeOut = (some: readonly Edit[]) =>
    planEdits(some, { changes, files }, { ...ground, direction: 'remove' });
  const byHand = [...(await takeOut(edits.filter((edit) => !isOption(edit))))];
  const model = readAfter(changes, read)('msx.yaml') ?? '';
  byHand.push(...(await takeOut(edits.filter((edit) => isOption(edit) && !isWanted(edit, model)))));
  const slices = Object.fromEntries(Object.entries(ledger.slices).filter(([other]) => other !== id));
  addLedger(changes, { version: 1, slices, files }, ground);
  return { changes, owned: [], byHand };
}

/** Whether an option is to stay as it is, as others need it, be they a person's. */
function isWanted(edit: Edit, model: string): boolean {
  if (edit.kind !== 'code' || edit.where.at !== 'call-option') return false;
  const { unless } = edit.where;
  return unless === undefined || hasItems(model, unless);
}
