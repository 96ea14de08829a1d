import { MsxError } from '../../../terminal/errors/msx-error.js';
import { hasItems } from '../edits/data-edit.js';
import { isOption } from '../edits/edit.js';
import { hashOf } from '../ledger/ledger.js';
import { addLedger, planEdits } from './plan-slice.js';
import { planSequentially, readAfter } from './plan-slices.js';
import type { Edit } from '../edits/edit.js';
import type { Ledger } from '../ledger/ledger.js';
import type { ProjectState, SlicePlan } from './plan-slice.js';

/**
 * The changes that undo a generation and all slices that extend it: its files are deleted, and its edits are removed
 * from shared files. Throws NOT_GENERATED, and FILES_OWNED when the user has changed one of the files, unless forced.
 */
export function planRemoval(id: string, state: ProjectState, { force = false } = {}): Promise<SlicePlan> {
  const { ledger, read } = state;
  if (!ledger.slices[id])
    throw new MsxError('NOT_GENERATED', { what: id, known: Object.keys(ledger.slices) });
  const ids = [...partsOf(id, ledger), id];
  const owned = Object.entries(ledger.files).filter(([path, { slice, hash }]) => {
    const current = read(path);
    return ids.includes(slice) && current !== undefined && hashOf(current) !== hash;
  });
  if (owned.length > 0 && !force) throw new MsxError('FILES_OWNED', { files: owned.map(([path]) => path) });
  return planSequentially(ids, state, removeOne);
}

/** The slices that extend a slice, the most recent first. */
function partsOf(id: string, { slices }: Ledger): string[] {
  const parts = Object.keys(slices).filter((other) => slices[other]!.part === id);
  return parts.flatMap((part) => [...partsOf(part, { slices } as Ledger), part]);
}

async function removeOne(id: string, state: ProjectState): Promise<SlicePlan> {
  const { read, ledger } = state;
  const changes = new Map<string, string | Buffer | null>();
  const files = Object.fromEntries(Object.entries(ledger.files).filter(([, { slice }]) => slice !== id));
  for (const [path, { slice }] of Object.entries(ledger.files))
    if (slice === id && read(path) !== undefined) changes.set(path, null);
  const { edits } = ledger.slices[id]!;
  const takeOut = (some: readonly Edit[]) =>
    planEdits(some, { changes, files }, { ...state, direction: 'remove' });
  const byHand = [...(await takeOut(edits.filter((edit) => !isOption(edit))))];
  const model = readAfter(changes, read)('msx.yaml') ?? '';
  byHand.push(...(await takeOut(edits.filter((edit) => isOption(edit) && !isNeeded(edit, model)))));
  const slices = Object.fromEntries(Object.entries(ledger.slices).filter(([other]) => other !== id));
  addLedger(changes, { version: 1, slices, files }, state);
  return { changes, owned: [], byHand };
}

/** Whether others, including the user's own code, still need an option. */
function isNeeded(edit: Edit, model: string): boolean {
  if (edit.kind !== 'code' || edit.where.at !== 'call-option') return false;
  const { unless } = edit.where;
  return unless === undefined || hasItems(model, unless);
}
