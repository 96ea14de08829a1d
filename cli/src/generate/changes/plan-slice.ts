import { MsxError } from '../../errors/msx-error.js';
import { applyEdits } from '../edits/apply-edits.js';
import { LEDGER_FILE, baseFile, hashOf, ledgerText, packBase } from '../ledger/ledger.js';
import type { Edit } from '../edits/edit.js';
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
    const wanted = await format(path, await withEditsOfOthers(path, text, { ledger, id: slice.id }));
    const there = read(path);
    const known = ledger.files[path];
    const standing = standingOf(there, known, wanted);
    if (standing === 'in the way') inTheWay.push(path);
    else if (standing === 'owned') owned.push(path);
    else {
      files[path] = { slice: slice.id, template, hash: hashOf(wanted) };
      if (there !== wanted) changes.set(path, wanted);
    }
  }
  if (inTheWay.length > 0) throw new MsxError('FILES_IN_THE_WAY', { files: inTheWay });
  const byHand = await planEdits(slice.edits, { changes, files }, { ...ground, direction: 'add' });
  const { id, template, version, inputs, edits, part } = slice;
  const slices = { ...ledger.slices, [id]: { template, version, inputs, edits, ...(part && { part }) } };
  addLedger(changes, { version: 1, slices, files }, ground);
  return { changes, owned, byHand };
}

function standingOf(there: string | undefined, known: LedgerFile | undefined, wanted: string) {
  if (!known) return there === undefined || there === wanted ? 'ours' : 'in the way';
  return there !== undefined && (hashOf(there) === known.hash || there === wanted) ? 'ours' : 'owned';
}

/** A file as its template has it, with what other slices have put into it. */
export async function withEditsOfOthers(
  path: string,
  text: string,
  { ledger, id }: { ledger: Ledger; id: string },
): Promise<string> {
  const edits = Object.entries(ledger.slices)
    .filter(([other]) => other !== id)
    .flatMap(([, slice]) => slice.edits.filter(({ file }) => file === path));
  const { texts } = await applyEdits(edits, () => text, 'add');
  return texts.get(path) ?? text;
}

interface Draft {
  readonly changes: Map<string, string | Buffer | null>;
  readonly files: Record<string, LedgerFile>;
}

/** Adds edits to a draft of changes; a pristine file stays so, as it was msx that edited it. Answers what is to be done by hand. */
export async function planEdits(
  edits: readonly Edit[],
  { changes, files }: Draft,
  { read, format, direction }: Ground & { direction: 'add' | 'remove' },
): Promise<readonly string[]> {
  const before = (path: string) => {
    const changed = changes.get(path);
    return changed === undefined ? read(path) : changed === null ? undefined : String(changed);
  };
  const { texts, byHand } = await applyEdits(edits, before, direction);
  for (const [path, text] of texts) {
    const old = before(path)!;
    // npm writes it, and has no other layout.
    const written = path === 'package-lock.json' ? text : await format.like(path, old, text);
    changes.set(path, written);
    const known = files[path];
    if (known?.hash === hashOf(old)) files[path] = { ...known, hash: hashOf(written) };
  }
  return byHand;
}

/**
 * Puts the ledger among the changes when it differs, with the base texts that it refers to, and takes out those that
 * it no longer refers to.
 */
export function addLedger(
  changes: Map<string, string | Buffer | null>,
  ledger: Ledger,
  ground: Ground,
): void {
  const text = ledgerText(ledger);
  if (text === ground.read(LEDGER_FILE)) return;
  const before = new Set(Object.values(ground.ledger.files).map(({ hash }) => hash));
  const after = new Set(Object.values(ledger.files).map(({ hash }) => hash));
  for (const [path, { hash }] of Object.entries(ledger.files))
    if (!before.has(hash))
      changes.set(baseFile(hash), packBase(String(changes.get(path) ?? ground.read(path))));
  for (const hash of before) if (!after.has(hash)) changes.set(baseFile(hash), null);
  // A system that nothing is generated in any more is as it was before.
  changes.set(LEDGER_FILE, Object.keys(ledger.slices).length > 0 ? text : null);
}
