import { MsxError } from '../../errors/msx-error.js';
import { applyEdits } from '../edits/apply-edits.js';
import { LEDGER_FILE, baseFile, hashOf, ledgerText, packBase } from '../ledger/ledger.js';
import type { Ledger, LedgerFile } from '../ledger/ledger.js';
import type { Slice } from '../slice.js';
import type { Changes, ReadText } from './changes.js';
import type { Formatter } from './formatter.js';

/** A system as it is. */
export interface Ground {
  readonly read: ReadText;
  readonly ledger: Ledger;
  readonly format: Formatter;
}

export interface SlicePlan {
  readonly changes: Changes;
  /** Files that a person has changed or removed since msx wrote them: they stay as they are. */
  readonly owned: readonly string[];
  /** What a person is to add where, since no safe place was found for it. */
  readonly byHand: readonly string[];
}

/**
 * What generating a slice changes. New files are written, pristine ones follow the template, owned ones are left
 * alone; when all is as it should be, nothing changes. Throws FILES_IN_THE_WAY.
 */
export async function planSlice(slice: Slice, ground: Ground): Promise<SlicePlan> {
  const { read, ledger, format } = ground;
  const changes = new Map<string, string | Buffer | null>();
  const files: Record<string, LedgerFile> = { ...ledger.files };
  const owned: string[] = [];
  const inTheWay: string[] = [];
  for (const { path, template, text } of slice.files) {
    const wanted = await format(path, text);
    const there = read(path);
    const known = ledger.files[path];
    const standing = standingOf(there, known, wanted);
    if (standing === 'in the way') inTheWay.push(path);
    else if (standing === 'owned') owned.push(path);
    else {
      const hash = hashOf(wanted);
      files[path] = { slice: slice.id, template, hash };
      if (there !== wanted) changes.set(path, wanted);
      if (known?.hash !== hash) changes.set(baseFile(hash), packBase(wanted));
    }
  }
  if (inTheWay.length > 0) throw new MsxError('FILES_IN_THE_WAY', { files: inTheWay });
  const { texts, byHand } = await applyEdits(slice.edits, read, 'add');
  for (const [path, text] of texts) changes.set(path, await format.like(path, read(path)!, text));
  const { id, template, version, inputs, edits } = slice;
  const slices = { ...ledger.slices, [id]: { template, version, inputs, edits } };
  addLedger(changes, { version: 1, slices, files }, ground);
  return { changes, owned, byHand };
}

function standingOf(there: string | undefined, known: LedgerFile | undefined, wanted: string) {
  if (!known) return there === undefined || there === wanted ? 'ours' : 'in the way';
  return there !== undefined && (hashOf(there) === known.hash || there === wanted) ? 'ours' : 'owned';
}

/** Puts the ledger among the changes when it differs, and takes out base texts that it no longer refers to. */
export function addLedger(
  changes: Map<string, string | Buffer | null>,
  ledger: Ledger,
  ground: Ground,
): void {
  const text = ledgerText(ledger);
  if (text === ground.read(LEDGER_FILE)) return;
  changes.set(LEDGER_FILE, text);
  const used = new Set(Object.values(ledger.files).map(({ hash }) => hash));
  for (const { hash } of Object.values(ground.ledger.files))
    if (!used.has(hash)) changes.set(baseFile(hash), null);
}
