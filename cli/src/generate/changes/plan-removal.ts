import { MsxError } from '../../errors/msx-error.js';
import { applyEdits } from '../edits/apply-edits.js';
import { hashOf } from '../ledger/ledger.js';
import { addLedger } from './plan-slice.js';
import type { Ground, SlicePlan } from './plan-slice.js';

/**
 * What undoing a generation changes: its files go, its edits come out of the files of others. Throws NOT_GENERATED,
 * and FILES_OWNED when a person has changed one of its files.
 */
export async function planRemoval(id: string, ground: Ground): Promise<SlicePlan> {
  const { read, ledger, format } = ground;
  const slice = ledger.slices[id];
  if (!slice) throw new MsxError('NOT_GENERATED', { what: id, known: Object.keys(ledger.slices) });
  const ours = Object.entries(ledger.files).filter(([, file]) => file.slice === id);
  const owned = ours.filter(
    ([path, { hash }]) => hashOf(read(path) ?? '') !== hash && read(path) !== undefined,
  );
  if (owned.length > 0) throw new MsxError('FILES_OWNED', { files: owned.map(([path]) => path) });
  const changes = new Map<string, string | Buffer | null>();
  const kept = Object.fromEntries(Object.entries(ledger.files).filter(([, file]) => file.slice !== id));
  for (const [path] of ours) if (read(path) !== undefined) changes.set(path, null);
  const { texts, byHand } = await applyEdits(slice.edits, read, 'remove');
  for (const [path, text] of texts) changes.set(path, await format.like(path, read(path)!, text));
  const slices = Object.fromEntries(Object.entries(ledger.slices).filter(([other]) => other !== id));
  addLedger(changes, { version: 1, slices, files: kept }, ground);
  return { changes, owned: [], byHand };
}
