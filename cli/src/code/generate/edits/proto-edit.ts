import { closingLine, lineOfField } from './proto-blocks.js';
import type { EditResult, ProtoEdit } from './edit.js';

/** The text with the declaration; unchanged when it already contains it. */
export function addProto(text: string, edit: ProtoEdit): EditResult {
  const { where } = edit;
  if (scopeOf(text, edit)?.match(patternOf(edit.text))) return { text };
  if (where.at === 'end') return { text: `${text.trimEnd()}\n\n${edit.text}\n` };
  if (where.at === 'field') return replaceField(text, edit, where);
  const at = where.at === 'imports' ? behindImports(text) : closingLine(text, where.at, where.name);
  if (at === undefined) return byHand(edit);
  const indent = where.at === 'imports' ? '' : '  ';
  return { text: `${text.slice(0, at)}${indent}${edit.text}\n${text.slice(at)}` };
}

/** The text without the declaration; imports are kept, because something else may use them. */
export function removeProto(text: string, edit: ProtoEdit): EditResult {
  const { where } = edit;
  // The number of a field that was taken out stays reserved.
  if (where.at === 'imports' || where.at === 'field') return { text };
  const [from, to] = rangeOf(text, edit) ?? [0, 0];
  const found = patternOf(edit.text).exec(text.slice(from, to));
  if (!found) return { text };
  const at = from + found.index;
  const before = text.slice(0, at).replace(where.at === 'end' ? /\n\n$/ : /\n[ \t]*$/, '\n');
  return { text: before + text.slice(at + found[0].length).replace(/^\n/, '') };
}

/** Members of different messages may read alike, so only the message or enum itself is searched. */
function rangeOf(text: string, { where }: ProtoEdit): [number, number] | undefined {
  if (where.at !== 'message' && where.at !== 'enum' && where.at !== 'field') return [0, text.length];
  const kind = where.at === 'enum' ? 'enum' : 'message';
  const end = closingLine(text, kind, where.name);
  return end === undefined ? undefined : [text.search(new RegExp(`\\b${kind}\\s+${where.name}\\s*\\{`)), end];
}

const scopeOf = (text: string, edit: ProtoEdit) => {
  const range = rangeOf(text, edit);
  return range && text.slice(...range);
};

function replaceField(
  text: string,
  edit: ProtoEdit,
  { name, field }: { name: string; field: string },
): EditResult {
  const line = lineOfField(text, name, field);
  if (!line) return byHand(edit);
  const lines = edit.text.split('\n').map((each) => `  ${each}\n`);
  return { text: text.slice(0, line[0]) + lines.join('') + text.slice(line[1]) };
}

/** Matches the declaration, regardless of formatting. */
const patternOf = (text: string) =>
  new RegExp(
    text
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('\\s+'),
  );

function behindImports(text: string): number | undefined {
  const [last] = [...text.matchAll(/^(?:import|package) .*;\n/gm)].slice(-1);
  return last && last.index + last[0].length;
}

const byHand = (edit: ProtoEdit): EditResult => ({
  byHand: `${edit.file}: add to ${placeName(edit)}: ${edit.text}`,
});

const placeName = ({ where }: ProtoEdit) => {
  if (where.at === 'field') return `message ${where.name}, in place of ${where.field}`;
  return 'name' in where ? `${where.at} ${where.name}` : 'the imports';
};
