import { MsxError } from '../../../terminal/errors/msx-error.js';
import { isAbout } from '../edits/owner.js';
import { hasPart } from '../edits/part-edit.js';
import { partsInside, partsOfFile } from '../edits/parts.js';
import { nameOf, node, nodes, statementsOf } from '../edits/syntax.js';
import type { Edit, ImportEdit, PartEdit } from '../edits/edit.js';
import type { Part, Parts } from '../edits/parts.js';
import type { Syntax } from '../edits/syntax.js';

interface Difference {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly owner: string;
  /** The file that the edits are for: what it has already is left out. Everything is listed without it. */
  readonly current?: string;
}

interface Place {
  readonly part: Part;
  readonly path: readonly string[];
  readonly before: readonly string[];
}

/**
 * The edits that make one text of a template from another: what `after` has and `before` has not. They are named after
 * the declarations around them, so that they also fit a file that somebody has changed since.
 */
export function codeDifference(of: Difference): Edit[] {
  const [before, after] = [parsed(of.before), parsed(of.after)];
  const [from, to] = [partsOfFile(of.before, before), partsOfFile(of.after, after)];
  return [...importsBetween(of.file, before, after), ...partsBetween(of, { from, to, path: [] })];
}

function parsed(text: string): readonly Syntax[] {
  const statements = statementsOf(text);
  if (statements) return statements;
  throw new MsxError('TEMPLATE_INVALID', { file: 'a template', line: 1, reason: 'it does not parse' });
}

interface Level {
  readonly from: Parts;
  readonly to: Parts;
  readonly path: readonly string[];
}

function partsBetween(of: Difference, { from, to, path }: Level): PartEdit[] {
  return to.all.flatMap((part, n) => {
    const old = from.all.find(({ key }) => key === part.key);
    if (!old) return newPart(of, { part, path, before: knownAfter(n, { from, to }) });
    if (of.before.slice(...old.node.range) === of.after.slice(...part.node.range)) return [];
    const [inOld, inNew] = [partsInside(of.before, old), partsInside(of.after, part)];
    return inOld && inNew ? partsBetween(of, { from: inOld, to: inNew, path: [...path, part.key] }) : [];
  });
}

/** Other fields may have brought the part already, so that only what is about this field is missing in it. */
function newPart(of: Difference, place: Place): PartEdit[] {
  const edit = partEdit(of, place);
  const within = inside(of, place.part, place.path);
  if (of.current === undefined) return [edit, ...within];
  return hasPart(of.current, edit) ? within : [edit];
}

/** What is about the field within a part. */
function inside(of: Difference, part: Part, path: readonly string[]): PartEdit[] {
  const parts = partsInside(of.after, part)?.all ?? [];
  const around = [...path, part.key];
  return parts.flatMap((each) => [
    ...(isAbout(each.key, of.owner) ? [partEdit(of, { part: each, path: around, before: [] })] : []),
    ...inside(of, each, around),
  ]);
}

/** The keys of later siblings that the other text has, too. */
const knownAfter = (n: number, { from, to }: Pick<Level, 'from' | 'to'>) =>
  to.all.slice(n + 1).flatMap(({ key }) => (from.all.some((each) => each.key === key) ? [key] : []));

function partEdit({ file, after, owner }: Difference, { part, path, before }: Place): PartEdit {
  const line = after.lastIndexOf('\n', part.start - 1) + 1;
  const indent = /^[ \t]*/.exec(after.slice(line))![0];
  const text = after.slice(part.start, part.node.range[1]).replaceAll(`\n${indent}`, '\n');
  return { kind: 'part', file, path, key: part.key, text, before, owner };
}

function importsBetween(file: string, before: readonly Syntax[], after: readonly Syntax[]): ImportEdit[] {
  const old = new Set(before.flatMap(importsIn).map(({ from, name }) => `${from} ${name}`));
  const fresh = after.flatMap(importsIn).filter(({ from, name }) => !old.has(`${from} ${name}`));
  const sources = [...new Set(fresh.map(({ from, typeOnly }) => `${typeOnly ? 'type ' : ''}${from}`))];
  return sources.map((source) => {
    const [from, typeOnly] = [source.replace('type ', ''), source.startsWith('type ')];
    const names = fresh.filter((each) => each.from === from && each.typeOnly === typeOnly);
    return {
      kind: 'import',
      file,
      from,
      names: names.map(({ name }) => name),
      ...(typeOnly && { typeOnly }),
    };
  });
}

function importsIn(statement: Syntax) {
  if (statement.type !== 'ImportDeclaration') return [];
  const from = nameOf(node(statement['source'])) ?? '';
  const typeOnly = statement['importKind'] === 'type';
  return nodes(statement['specifiers']).map((each) => {
    const [imported, local] = [nameOf(each['imported'])!, nameOf(each['local'])!];
    return { from, typeOnly, name: imported === local ? local : `${imported} as ${local}` };
  });
}
