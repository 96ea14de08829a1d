import { isOption } from '../../generate/edits/edit.js';
import type { Edit, ImportEdit } from '../../generate/edits/edit.js';
import type { Ledger } from '../../generate/ledger/ledger.js';
import type { Slice } from '../../generate/slice.js';

/** The changes to the edits that slices make in shared files. */
export interface EditChanges {
  /** All current edits, by slice. */
  readonly now: Readonly<Record<string, readonly Edit[]>>;
  /** Edits of the current templates that the previous ones did not make. */
  readonly fresh: readonly Edit[];
  /** Edits that only the previous templates made. */
  readonly gone: readonly Edit[];
}

export function editChanges(slices: readonly Slice[], { slices: then }: Ledger): EditChanges {
  const before = Object.fromEntries(Object.entries(then).map(([id, { edits }]) => [id, edits]));
  const now = { ...before, ...Object.fromEntries(slices.map(({ id, edits }) => [id, edits])) };
  const [old, current] = [before, now].map((edits) => Object.values(edits).flat());
  return {
    now,
    fresh: current!.filter((edit) => !old!.some((other) => isSame(edit, other))),
    gone: old!.filter((edit) => !current!.some((other) => isSame(edit, other))),
  };
}

/**
 * Edits of the same key are the same even with different values: the user's value is merged line by line. So are
 * options.
 */
function isSame(one: Edit, other: Edit): boolean {
  if (isOption(one) && isOption(other)) return one.file === other.file;
  if (one.kind === 'set' && other.kind === 'set')
    return one.file === other.file && one.path.join('\0') === other.path.join('\0');
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The edits of a file in the order of their first occurrence in its text; new ones come last. */
export function editsInOrder(base: string, file: string, { now }: EditChanges): Edit[] {
  const ours = Object.values(now).map((edits) => edits.filter((edit) => edit.file === file));
  return ours
    .map((edits) => ({ edits, place: placeOf(edits, base) }))
    .sort((a, b) => (a.place === b.place ? 0 : a.place - b.place))
    .flatMap(({ edits }) => edits);
}

/** The position of the first inserted text. Imports are skipped, as they are sorted. */
function placeOf(edits: readonly Edit[], base: string): number {
  const marks = edits.flatMap((edit) => (edit.kind === 'import' ? [] : [markOf(edit)]));
  const places = marks.flatMap((mark) => [...base.matchAll(wholeWord(mark))].at(-1)?.index ?? []);
  return Math.min(...places, Infinity);
}

/** Matches whole names only. */
const wholeWord = (mark: string) =>
  new RegExp(`(?<![\\w.-])${mark.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`, 'g');

/** A text by which an applied edit is recognized, independent of formatting. */
function markOf(edit: Exclude<Edit, ImportEdit>): string {
  if ('text' in edit) return edit.text.split('\n')[0]!;
  if (edit.kind === 'set') return edit.path.at(-1)!;
  // For an object, its first property, which identifies it.
  return String(typeof edit.value === 'string' ? edit.value : Object.values(edit.value as object)[0]);
}
