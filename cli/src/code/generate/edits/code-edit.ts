import { addImport, removeImport } from './import-edit.js';
import { addPart, removePart } from './part-edit.js';
import { decoratorPlace, optionOf, placeOf } from './place.js';
import { withMember, withPart, withoutMember, withoutPart } from './splice.js';
import { node, statementsOf } from './syntax.js';
import type { CodeEdit, EditResult, ImportEdit, PartEdit, Where } from './edit.js';
import type { Place } from './place.js';
import type { Syntax } from './syntax.js';

/** The text with the edit; unchanged when it already contains the edit. */
export function addCode(text: string, edit: CodeEdit | ImportEdit | PartEdit): EditResult {
  if (edit.kind === 'part') return addPart(text, edit);
  const statements = statementsOf(text);
  if (!statements) return byHand(edit);
  if (edit.kind === 'import')
    return { text: edit.gone ? removeImport(text, statements, edit) : addImport(text, statements, edit) };
  const { where } = edit;
  if (where.at === 'call-option') return setOption(text, edit, edit.text);
  const place = placeOf(statements, where);
  if (place) return { text: isWritten(text, place, edit) ? text : insert(text, place, edit) };
  const options = where.at === 'decorator-list' ? decoratorPlace(statements, where) : undefined;
  if (where.at !== 'decorator-list' || !options) return byHand(edit);
  return { text: withPart(text, options, `${where.property}: [${edit.text}]`) };
}

/** The text without the edit; unchanged when it does not contain the edit. */
export function removeCode(text: string, edit: CodeEdit | ImportEdit | PartEdit): EditResult {
  if (edit.kind === 'part') return removePart(text, edit);
  if (edit.kind === 'import' && edit.gone) return { text };
  const statements = statementsOf(text);
  if (!statements) return byHand(edit, 'remove from');
  if (edit.kind === 'import') return { text: removeImport(text, statements, edit) };
  if (edit.where.at === 'call-option') return setOption(text, edit, edit.where.before);
  const place = placeOf(statements, edit.where);
  const part = place && written(text, place, edit);
  if (!part) return { text };
  return {
    text: place.kind === 'members' ? withoutMember(text, part) : withoutPart(text, place.parts, part),
  };
}

function setOption(text: string, edit: CodeEdit, to: string | undefined): EditResult {
  if (to === undefined) return { text };
  const where = edit.where as Extract<Where, { at: 'call-option' }>;
  const value = node(optionOf(statementsOf(text)!, where)?.['value']);
  if (!value) return to === edit.text ? byHand(edit) : { text };
  return { text: text.slice(0, value.range[0]) + to + text.slice(value.range[1]) };
}

function insert(text: string, place: Place, { where, text: more }: CodeEdit): string {
  if (place.kind !== 'members') return withPart(text, place, more);
  const isField = ({ type }: Syntax) => /^(PropertyDefinition|AccessorProperty)$/.test(type);
  const before = where.at === 'class' ? place.parts.filter(isField) : place.parts;
  return withMember(text, place, { behind: before.at(-1), more, apart: where.at === 'methods' });
}

const isWritten = (text: string, place: Place, edit: CodeEdit) => written(text, place, edit) !== undefined;

/** The part that is identical to the edit, apart from formatting. */
const written = (text: string, { parts }: Place, edit: CodeEdit) =>
  parts.find(({ range }) => compact(text.slice(...range)) === compact(edit.text));

const compact = (text: string) => text.replace(/[\s;,]+/g, '');

const byHand = (edit: CodeEdit | ImportEdit, verb = 'add to'): EditResult => ({
  byHand:
    edit.kind === 'import'
      ? `${edit.file}: ${verb} the imports: { ${edit.names.join(', ')} } from '${edit.from}'`
      : `${edit.file}: ${verb} ${describe(edit.where)}: ${edit.text}`,
});

const describe = (where: Where): string => {
  switch (where.at) {
    case 'interface':
    case 'class':
      return `${where.at} ${where.name}`;
    case 'methods':
      return `class ${where.class}`;
    case 'list':
      return `the list of ${where.variable}`;
    case 'properties':
      return `the object ${where.variable}`;
    case 'decorator-list':
      return `${where.property} of @${where.decorator} of ${where.class}`;
    case 'object':
      return `the object of ${where.class}.${where.member}`;
    case 'call-list':
    case 'call-option':
      return `${where.property} of ${where.call}`;
  }
};
