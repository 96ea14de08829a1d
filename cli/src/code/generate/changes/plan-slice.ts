import { MsxError } from '../../../terminal/errors/msx-error.js';
import { applyEdits } from '../edits/apply-edits.js';
import { LEDGER_FILE, baseFile, hashOf, ledgerText, packBase } from '../ledger/ledger.js';
import { withoutSections } from '../../../model/readme/sections.js';
import type { Edit } from '../edits/edit.js';
import type { Ledger, LedgerFile } from '../ledger/ledger.js';
import type { Slice } from '../slice.js';
import type { Changes, ReadText } from './changes.js';
import type { Formatter } from './formatter.js';

/** The current state of a system. */
export interface ProjectState {
  readonly read: ReadText;
  readonly ledger: Ledger;
  readonly format: Formatter;
}

export interface SlicePlan {
  readonly changes: Changes;
  /** Files that the user has changed or deleted since msx wrote them: they are not overwritten. */
  readonly owned: readonly string[];
  /** What the user has to add by hand, because no safe place was found for it. */
  readonly byHand: readonly string[];
}

/**
 * The changes that generate a slice. New files are written, unchanged ones follow the template, and owned ones are not
 * touched; an up-to-date slice needs no changes. Throws FILES_IN_THE_WAY.
 */
export async function planSlice(slice: Slice, state: ProjectState): Promise<SlicePlan> {
  const { read, ledger, format } = state;
  const changes = new Map<string, string | Buffer | null>();
  const files: Record<string, LedgerFile> = { ...ledger.files };
  const owned: string[] = [];
  const inTheWay: string[] = [];
  for (const { path, template, text } of slice.files) {
    const wanted = await format(path, await withEditsOfOthers(path, text, { ledger, id: slice.id }));
    const current = read(path);
    const known = ledger.files[path];
    const standing = ownershipOf(current, known, wanted);
    if (standing === 'in the way') inTheWay.push(path);
    else if (standing === 'owned') owned.push(path);
    else {
      files[path] = { slice: slice.id, template, hash: hashOf(wanted) };
      if (current === undefined || withoutSections(current) !== withoutSections(wanted))
        changes.set(path, wanted);
    }
  }
  if (inTheWay.length > 0) throw new MsxError('FILES_IN_THE_WAY', { files: inTheWay });
  const byHand = await planEdits(slice.edits, { changes, files }, { ...state, direction: 'add' });
  const { id, template, version, inputs, edits, part } = slice;
  const slices = { ...ledger.slices, [id]: { template, version, inputs, edits, ...(part && { part }) } };
  addLedger(changes, { version: 1, slices, files }, state);
  return { changes, owned, byHand };
}

function ownershipOf(current: string | undefined, known: LedgerFile | undefined, wanted: string) {
  if (!known) return current === undefined || current === wanted ? 'ours' : 'in the way';
  return current !== undefined && (hashOf(current) === known.hash || current === wanted) ? 'ours' : 'owned';
}

/** The text of a template with the edits of other slices. */
async function withEditsOfOthers(
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

interface PendingChanges {
  readonly changes: Map<string, string | Buffer | null>;
  readonly files: Record<string, LedgerFile>;
}

/**
 * Adds edits to pending changes; an unchanged file still counts as unchanged, because msx edited it. Returns what the
 * user has to do by hand.
 */
export async function planEdits(
  edits: readonly Edit[],
  { changes, files }: PendingChanges,
  { read, format, direction }: ProjectState & { direction: 'add' | 'remove' },
): Promise<readonly string[]> {
  const before = (path: string) => {
    const changed = changes.get(path);
    return changed === undefined ? read(path) : changed === null ? undefined : String(changed);
  };
  const { texts, byHand } = await applyEdits(edits, before, direction);
  for (const [path, text] of texts) {
    const old = before(path)!;
    const known = files[path];
    const isPristine = known?.hash === hashOf(old);
    // npm writes the lock file in its own format.
    const layout = isPristine ? format(path, text) : format.like(path, old, text);
    const written = path === 'package-lock.json' ? text : await layout;
    changes.set(path, written);
    if (known && isPristine) files[path] = { ...known, hash: hashOf(written) };
  }
  return byHand;
}

/**
 * Adds the ledger to the changes when it differs, with the base texts that it refers to, and deletes base texts that it
 * no longer refers to.
 */
export function addLedger(
  changes: Map<string, string | Buffer | null>,
  ledger: Ledger,
  state: ProjectState,
): void {
  const text = ledgerText(ledger);
  if (text === state.read(LEDGER_FILE)) return;
  const before = new Set(Object.values(state.ledger.files).map(({ hash }) => hash));
  const after = new Set(Object.values(ledger.files).map(({ hash }) => hash));
  for (const [path, { hash }] of Object.entries(ledger.files))
    if (!before.has(hash))
      changes.set(baseFile(hash), packBase(String(changes.get(path) ?? state.read(path))));
  for (const hash of before) if (!after.has(hash)) changes.set(baseFile(hash), null);
  // A system without generated slices needs no ledger.
  changes.set(LEDGER_FILE, Object.keys(ledger.slices).length > 0 ? text : null);
}
