import { addData, removeData } from './data-edit.js';
import { addProto, removeProto } from './proto-edit.js';
import type { CodeEdit, DataEdit, Edit, EditResult, ImportEdit, PartEdit, ProtoEdit } from './edit.js';

/** The result of edits. */
export interface EditedFiles {
  /** The new texts of changed files, by path. */
  readonly texts: Map<string, string>;
  /** The edits for which no place was found, as instructions. */
  readonly byHand: string[];
}

type Read = (path: string) => string | undefined;

/** Adds or removes all edits in the texts that `read` returns. Writes nothing. */
export async function applyEdits(
  edits: readonly Edit[],
  read: Read,
  direction: 'add' | 'remove',
): Promise<EditedFiles> {
  const texts = new Map<string, string>();
  const byHand: string[] = [];
  for (const [file, ours] of byFile(edits)) {
    const before = read(file);
    if (before === undefined) {
      if (direction === 'add') byHand.push(...ours.map((edit) => `${file} does not exist: ${inWords(edit)}`));
      continue;
    }
    // Edits are removed in reverse order: an import is removed when nothing uses it any longer.
    const inTurn = direction === 'add' ? ours : [...ours].reverse();
    const edited = await editFile(before, { edits: inTurn, direction });
    byHand.push(...edited.byHand);
    if (edited.text !== before) texts.set(file, edited.text);
  }
  return { texts, byHand };
}

function byFile(edits: readonly Edit[]): Map<string, Edit[]> {
  const files = new Map<string, Edit[]>();
  for (const edit of edits) files.set(edit.file, [...(files.get(edit.file) ?? []), edit]);
  return files;
}

interface Editing {
  readonly edits: readonly Edit[];
  readonly direction: 'add' | 'remove';
}

async function editFile(before: string, { edits, direction }: Editing) {
  const byHand: string[] = [];
  let text = before;
  // The parser is slow to load and not needed for data files.
  const code = edits.some(isCode) ? await import('./code-edit.js') : undefined;
  for (const edit of edits) {
    const edited = isCode(edit)
      ? direction === 'add'
        ? code!.addCode(text, edit)
        : code!.removeCode(text, edit)
      : editText(text, edit, direction);
    if ('byHand' in edited) byHand.push(edited.byHand);
    else text = edited.text;
  }
  return { text, byHand };
}

function editText(text: string, edit: DataEdit | ProtoEdit, direction: 'add' | 'remove'): EditResult {
  if (edit.kind === 'proto') return direction === 'add' ? addProto(text, edit) : removeProto(text, edit);
  return direction === 'add' ? addData(text, edit) : removeData(text, edit);
}

const isCode = (edit: Edit): edit is CodeEdit | ImportEdit | PartEdit =>
  edit.kind === 'import' || edit.kind === 'code' || edit.kind === 'part';

function inWords(edit: Edit): string {
  if (edit.kind === 'import') return `import { ${edit.names.join(', ')} } from '${edit.from}'`;
  return 'text' in edit ? edit.text : `${edit.path.join('.')}: ${JSON.stringify(edit.value)}`;
}
