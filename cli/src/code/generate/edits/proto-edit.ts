import type { EditResult, ProtoEdit } from './edit.js';

/** The text with the declaration; unchanged when it already contains it. */
export function addProto(text: string, edit: ProtoEdit): EditResult {
  if (patternOf(edit.text).test(text)) return { text };
  const { where } = edit;
  if (where.at === 'end') return { text: `${text.trimEnd()}\n\n${edit.text}\n` };
  const at = where.at === 'imports' ? behindImports(text) : endOfService(text, where.name);
  if (at === undefined) return { byHand: `${edit.file}: add to ${placeName(edit)}: ${edit.text}` };
  const indent = where.at === 'service' ? '  ' : '';
  return { text: `${text.slice(0, at)}${indent}${edit.text}\n${text.slice(at)}` };
}

/** The text without the declaration; imports are kept, because something else may use them. */
export function removeProto(text: string, edit: ProtoEdit): EditResult {
  if (edit.where.at === 'imports') return { text };
  const found = patternOf(edit.text).exec(text);
  if (!found) return { text };
  const before = text.slice(0, found.index).replace(edit.where.at === 'end' ? /\n\n$/ : /\n[ \t]*$/, '\n');
  return { text: before + text.slice(found.index + found[0].length).replace(/^\n/, '') };
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

/** The position of the closing brace of a service. Braces in comments and strings are ignored. */
function endOfService(text: string, name: string): number | undefined {
  const blank = text.replace(/\/\/.*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"/g, (skipped) =>
    ' '.repeat(skipped.length),
  );
  const start = new RegExp(`\\bservice\\s+${name}\\s*\\{`).exec(blank);
  if (!start) return undefined;
  let depth = 0;
  for (let at = start.index; at < blank.length; at += 1) {
    if (blank[at] === '{') depth += 1;
    if (blank[at] !== '}' || --depth > 0) continue;
    const line = blank.lastIndexOf('\n', at) + 1;
    return line > start.index ? line : undefined;
  }
  return undefined;
}

const placeName = ({ where }: ProtoEdit) =>
  where.at === 'service' ? `service ${where.name}` : 'the imports';
