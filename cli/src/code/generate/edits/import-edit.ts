import { MsxError } from '../../../terminal/errors/msx-error.js';
import { boundBy } from '../names/identifiers.js';
import { lineEnd, splice, withoutPart } from './splice.js';
import { nameOf, node, nodes, statementsOf, within } from './syntax.js';
import type { ImportEdit } from './edit.js';
import type { Syntax } from './syntax.js';

/** Throws NAME_TAKEN when the file already uses the name for something else. */
export function addImport(text: string, statements: readonly Syntax[], edit: ImportEdit): string {
  const { file, from, names, typeOnly = false } = edit;
  const imports = statements.filter(isImport);
  const known = imports.filter((each) => sourceOf(each) === from);
  const imported = known.flatMap((each) => namedIn(each).map((named) => nameOf(named['imported'])));
  const missing = names.filter((name) => !imported.includes(importedAs(name)));
  if (missing.length === 0) return text;
  const local = missing.map((name) => name.split(' as ').at(-1));
  const taken = statements.flatMap(boundBy).find((name) => local.includes(name));
  if (taken) throw new MsxError('NAME_TAKEN', { what: 'name', name: taken, by: file });
  const last = known.find((each) => isTypeOnly(each) === typeOnly && namedIn(each).length > 0);
  if (last) return splice(text, namedIn(last).at(-1)!.range[1], missing.map((name) => `, ${name}`).join(''));
  const line = `import ${typeOnly ? 'type ' : ''}{ ${missing.join(', ')} } from '${from}';`;
  const after = imports.findIndex((each) => comesAfter(sourceOf(each), from));
  if (after >= 0) return splice(text, startOf(text, imports, after), `${line}\n`);
  const end = imports.at(-1)?.range[1];
  return end === undefined ? `${line}\n${text}` : splice(text, lineEnd(text, end), `\n${line}`);
}

/** Where an import begins, including the comments before it that do not belong to the file. */
function startOf(text: string, imports: readonly Syntax[], n: number): number {
  const [start] = imports[n]!.range;
  if (n === 0) return start;
  const end = lineEnd(text, imports[n - 1]!.range[1]);
  const between = text.slice(end, start);
  return end < start ? end + between.search(/\S|$/) : start;
}

/** Packages first, then relative imports, in alphabetical order. */
const comesAfter = (one: string, other: string) =>
  one.startsWith('.') && (!other.startsWith('.') || one > other);

/** Removes the names that are no longer used, and the import when none is left. */
export function removeImport(text: string, statements: readonly Syntax[], edit: ImportEdit): string {
  const { from, names, typeOnly = false } = edit;
  const found = statements.find(
    (each) => isImport(each) && sourceOf(each) === from && isTypeOnly(each) === typeOnly,
  );
  if (!found) return text;
  const all = nodes(found['specifiers']);
  const going = namedIn(found).filter(
    (named) =>
      names.map(importedAs).includes(nameOf(named['imported'])!) &&
      !isUsed(nameOf(named['local'])!, statements),
  );
  if (going.length === 0) return text;
  if (going.length === all.length) {
    const end = lineEnd(text, found.range[1]);
    return text.slice(0, found.range[0]) + text.slice(end).replace(/^\n/, '');
  }
  // One at a time, because the positions of all later nodes change.
  const without = withoutPart(text, namedIn(found), going[0]!);
  return removeImport(without, statementsOf(without)!, edit);
}

function isUsed(name: string, statements: readonly Syntax[]): boolean {
  const others = statements.filter((each) => !isImport(each));
  return others.some((each) =>
    [...within(each)].some((part) => part.type === 'Identifier' && nameOf(part) === name),
  );
}

/** The name that another file exports. */
const importedAs = (name: string) => name.split(' as ')[0]!;

const isImport = ({ type }: Syntax) => type === 'ImportDeclaration';
const isTypeOnly = (each: Syntax) => each['importKind'] === 'type';
const sourceOf = (each: Syntax) => nameOf(node(each['source'])) ?? '';
const namedIn = (each: Syntax) => nodes(each['specifiers']).filter(({ type }) => type === 'ImportSpecifier');
