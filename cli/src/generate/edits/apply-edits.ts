import { addData, removeData } from './data-edit.js';
import type { DataEdit, Edit, Edited } from './edit.js';

/** How edits leave the files they are about. */
export interface EditedFiles {
  /** By path, only of those that changed. */
  readonly texts: Map<string, string>;
  /** What was not found a place for, in words. */
  readonly byHand: string[];
}

type Read = (path: string) => string | undefined;

/** Makes all edits, or takes all out again, in files as `read` answers them. Writes nothing. */
export async function applyEdits(
  edits: readonly Edit[],
  read: Read,
  direction: 'add' | 'remove',
): Promise<EditedFiles> {
  const texts = new Map<string, string>();
  const byHand: string[] = [];
  const code = edits.every(isData) ? undefined : await import('./code-edit.js');
  // What was put in last comes out first: an import goes once nothing uses it any more.
  for (const edit of direction === 'add' ? edits : [...edits].reverse()) {
    const before = texts.get(edit.file) ?? read(edit.file);
    if (before === undefined) {
      if (direction === 'add') byHand.push(`${edit.file} is not there: ${inWords(edit)}`);
      continue;
    }
    const edited = once(edit, before);
    if ('byHand' in edited) byHand.push(edited.byHand);
    else if (edited.text !== before) texts.set(edit.file, edited.text);
  }
  return { texts, byHand };

  function once(edit: Edit, text: string): Edited {
    if (isData(edit)) return direction === 'add' ? addData(text, edit) : removeData(text, edit);
    return direction === 'add' ? code!.addCode(text, edit) : code!.removeCode(text, edit);
  }
}

const isData = (edit: Edit): edit is DataEdit => edit.kind === 'set' || edit.kind === 'item';

function inWords(edit: Edit): string {
  if (edit.kind === 'import') return `import { ${edit.names.join(', ')} } from '${edit.from}'`;
  return edit.kind === 'code' ? edit.text : `${edit.path.join('.')}: ${JSON.stringify(edit.value)}`;
}
