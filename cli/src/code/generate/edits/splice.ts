import type { Place } from './place.js';
import type { Syntax } from './syntax.js';

export const splice = (text: string, at: number, more: string): string =>
  text.slice(0, at) + more + text.slice(at);

/** The end of the line, when nothing but a comment follows. */
export function lineEnd(text: string, at: number): number {
  const rest = /^[ \t]*(?:\/\/.*)?(?=\n|$)/.exec(text.slice(at));
  return at + (rest?.[0].length ?? 0);
}

/**
 * The text with another element or property after the existing ones, on its own line if the last one has its own line.
 */
export function withPart(text: string, { kind, range, parts }: Place, more: string): string {
  const last = parts.at(-1);
  if (!last) {
    const alone = kind === 'object' ? `\n${more},\n` : more;
    return splice(text, range[0] + 1, alone);
  }
  const end = last.range[1];
  const indent = indentOf(text, last);
  if (indent === undefined) return splice(text, end, `, ${more}`);
  const comma = commaAt(text, end);
  const line = lineEnd(text, end + comma);
  const said = text.slice(end + comma, line);
  return `${text.slice(0, end)},${said}\n${indent}${more}${comma ? ',' : ''}${text.slice(line)}`;
}

/** The indentation of a part that begins its line. */
const indentOf = (text: string, { range }: Syntax): string | undefined =>
  /(?:^|\n)([ \t]*)$/.exec(text.slice(0, range[0]))?.[1];

/** The text without one of several comma-separated parts. */
export function withoutPart(text: string, parts: readonly Syntax[], part: Syntax): string {
  const n = parts.indexOf(part);
  const [before, after] = [parts[n - 1], parts[n + 1]];
  const [start, end] = part.range;
  const comma = end + commaAt(text, end);
  // Without the part, its comma would be an element.
  if (!before && !after) return text.slice(0, start) + text.slice(comma);
  if (!before) return text.slice(0, start) + text.slice(after!.range[0]);
  const behind = before.range[1];
  if (indentOf(text, part) === undefined) return text.slice(0, behind) + text.slice(end);
  // Removes its line and its comma, or the comma before it; a comment on the previous part is kept.
  const said = text.slice(behind + (comma > end ? 0 : commaAt(text, behind)), start).trimEnd();
  return text.slice(0, behind) + said + text.slice(comma);
}

/** The length up to and including the following comma, or 0. */
const commaAt = (text: string, at: number) => /^\s*,/.exec(text.slice(at))?.[0].length ?? 0;

/** The text with a member after another one, or before all; methods are separated by an empty line. */
export function withMember(
  text: string,
  { range }: Place,
  { behind, more, apart }: { behind: Syntax | undefined; more: string; apart: boolean },
): string {
  const indent = (behind && indentOf(text, behind)) ?? '  ';
  const lines = more.replaceAll('\n', `\n${indent}`);
  if (behind)
    return splice(text, lineEnd(text, behind.range[1]), `${apart ? '\n\n' : '\n'}${indent}${lines}`);
  const at = range[0] + 1;
  return splice(text, at, `\n${indent}${lines}\n${text.slice(at).startsWith('\n') ? '' : indent}`);
}

/** The text without a member and its lines. */
export function withoutMember(text: string, { range }: Syntax): string {
  const before = text.slice(0, range[0]).trimEnd();
  const after = text.slice(lineEnd(text, range[1]));
  return before + (before.endsWith('{') ? after.replace(/^\s*\n(?=\s*\n)/, '') : after);
}
