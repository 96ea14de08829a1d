import { isOption } from '../../generate/edits/edit.js';
import type { Edit, ImportEdit } from '../../generate/edits/edit.js';
import type { Ledger } from '../../generate/ledger/ledger.js';
import type { Slice } from '../../generate/slice.js';

/** What becomes of the edits that slices make in the files of others. */
export interface EditChanges {
  /** All there are now, by slice. */
  readonly now: Readonly<Record<string, readonly Edit[]>>;
  /** Made by today's templates, and not by those of then. */
  readonly fresh: readonly Edit[];
  /** Made by those of then alone. */
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

/** A key that has another value is the same key: what a person made of it is merged, line by line; so is an option. */
function isSame(one: Edit, other: Edit): boolean {
  if (isOption(one) && isOption(other)) return one.file === other.file;
  if (one.kind === 'set' && other.kind === 'set')
    return one.file === other.file && one.path.join('\0') === other.path.join('\0');
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The edits of a file in the order in which they once were made, as far as its text tells; new ones come last. */
export function inOrderOf(base: string, file: string, { now }: EditChanges): Edit[] {
  const ours = Object.values(now).map((edits) => edits.filter((edit) => edit.file === file));
  return ours
    .map((edits) => ({ edits, place: placeOf(edits, base) }))
    .sort((a, b) => (a.place === b.place ? 0 : a.place - b.place))
    .flatMap(({ edits }) => edits);
}

/** Where the first of what they put in stands. Imports tell nothing, as they have an order of their own. */
function placeOf(edits: readonly Edit[], base: string): number {
  const marks = edits.flatMap((edit) => (edit.kind === 'import' ? [] : [markOf(edit)]));
  const places = marks.flatMap((mark) => [...base.matchAll(wholly(mark))].at(-1)?.index ?? []);
  return Math.min(...places, Infinity);
}

/** Not as part of another name. */
const wholly = (mark: string) =>
  new RegExp(`(?<![\\w.-])${mark.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`, 'g');

/** What is seen of an edit, once it is made, whatever the layout. */
function markOf(edit: Exclude<Edit, ImportEdit>): string {
  if ('text' in edit) return edit.text.split('\n')[0]!;
  if (edit.kind === 'set') return edit.path.at(-1)!;
  return typeof edit.value === 'string' ? edit.value : Object.values(edit.value as object).join();
}
