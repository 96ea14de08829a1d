import { isAbout } from './owner.js';
import { lineEnd, splice, withPart, withoutMember, withoutPart } from './splice.js';
import { nameOf, statementsOf, within } from './syntax.js';
import { partsInside, partsOfFile } from './parts.js';
import type { EditResult, PartEdit } from './edit.js';
import type { Part, Parts } from './parts.js';
import type { Syntax } from './syntax.js';

/** The text with the part, or without it if the edit takes it out; unchanged when it is so already. */
export function addPart(text: string, edit: PartEdit): EditResult {
  if (edit.gone) return takeOut(text, edit);
  const place = placeOf(text, edit.path);
  if (!place) return { byHand: `${edit.file}: add to ${describe(edit)}: ${inOneLine(edit.text)}` };
  if (place.all.some(({ key }) => key === edit.key)) return { text };
  const behind = edit.before.flatMap((key) => place.all.find((each) => each.key === key) ?? [])[0];
  return { text: behind ? insertBefore(text, { place, behind }, edit.text) : append(text, place, edit.text) };
}

/** The text without the part; what was taken out stays out. */
export const removePart = (text: string, edit: PartEdit): EditResult =>
  edit.gone ? { text } : takeOut(text, edit);

/** Whether a text has a part of that key at that place. */
export const hasPart = (text: string, { path, key }: Pick<PartEdit, 'path' | 'key'>): boolean =>
  placeOf(text, path)?.all.some((each) => each.key === key) ?? false;

function placeOf(text: string, path: readonly string[]): Parts | undefined {
  const statements = statementsOf(text);
  let place = statements && partsOfFile(text, statements);
  for (const step of path) {
    const part = place?.all.find(({ key }) => key === step);
    place = part && partsInside(text, part);
  }
  return place;
}

function insertBefore(text: string, { place, behind }: { place: Parts; behind: Part }, more: string): string {
  const line = text.lastIndexOf('\n', behind.start - 1) + 1;
  const indent = text.slice(line, behind.start);
  const separator = place.kind === 'members' ? '' : ',';
  if (indent.trim() !== '') return splice(text, behind.start, `${more}${separator} `);
  const gap = gapIn(text, place, [more, text.slice(...behind.node.range)]);
  return splice(text, behind.start, `${more.replaceAll('\n', `\n${indent}`)}${separator}${gap}${indent}`);
}

function append(text: string, place: Parts, more: string): string {
  const last = place.all.at(-1);
  if (place.kind !== 'members') return withPart(text, place, more);
  if (!last) return splice(text, place.range[0] + (place.range[1] === text.length ? 0 : 1), `\n${more}\n`);
  const line = text.lastIndexOf('\n', last.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(line))![0];
  const gap = gapIn(text, place, [more, text.slice(...last.node.range)]);
  return splice(
    text,
    lineEnd(text, last.node.range[1]),
    `${gap}${indent}${more.replaceAll('\n', `\n${indent}`)}`,
  );
}

/** What separates two neighbouring parts: an empty line if both have several lines, or if all parts of the place have one. */
function gapIn(text: string, place: Parts, neighbours: readonly string[]): string {
  const areLong = neighbours.every((each) => each.includes('\n'));
  return areLong || isApart(text, place) ? '\n\n' : '\n';
}

/** Whether empty lines separate the parts. */
function isApart(text: string, { all, kind }: Parts): boolean {
  if (kind !== 'members') return false;
  const between = all.slice(1).map(({ start }, n) => text.slice(all[n]!.node.range[1], start));
  return between.length > 0 && between.every((each) => /\n\s*\n/.test(each));
}

function takeOut(text: string, edit: PartEdit): EditResult {
  const place = placeOf(text, edit.path);
  const part = place?.all.find(({ key }) => key === edit.key);
  if (!place || !part || isShared(part, { text, edit })) return { text };
  if (part.start < part.node.range[0])
    return takeOut(text.slice(0, part.start) + text.slice(part.node.range[0]), edit);
  if (place.kind === 'members') return { text: withoutMember(text, part.node) };
  return { text: withoutPart(text, place.parts, part.node) };
}

/** A declaration that other code of the file uses, or may be used by other files, stays. */
function isShared({ node, key }: Part, { text, edit }: { text: string; edit: PartEdit }): boolean {
  if (edit.path.length > 0) return false;
  if (node.type === 'ExportNamedDeclaration') return !(edit.owner && isAbout(key, edit.owner));
  const others = statementsOf(text)!.filter((each) => each !== node);
  return others.some((each) => uses(each, key));
}

const uses = (statement: Syntax, name: string) =>
  [...within(statement)].some((each) => each.type === 'Identifier' && nameOf(each) === name);

const inOneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ');

const describe = ({ path }: PartEdit) => (path.length > 0 ? path.join(' > ') : 'the file');
