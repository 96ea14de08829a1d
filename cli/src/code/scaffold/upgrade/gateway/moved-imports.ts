import { dirname, join, relative } from 'node:path/posix';
import { addImport } from '../../../generate/edits/import-edit.js';
import { lineEnd } from '../../../generate/edits/splice.js';
import { nameOf, node, nodes, statementsOf } from '../../../generate/edits/syntax.js';
import type { ImportEdit } from '../../../generate/edits/edit.js';
import type { Syntax } from '../../../generate/edits/syntax.js';
import { currentLocationOf } from './moved-modules.js';

export interface MovedImports {
  readonly text: string;
  /** What the user has to do, because a name is no longer exported. */
  readonly byHand: readonly string[];
}

/** A name that is imported from a removed module. */
interface Import {
  readonly module: string;
  readonly name: string;
  readonly local: string;
  readonly typeOnly: boolean;
}

/**
 * Changes the imports of removed modules in a gateway source to their new locations.
 * @param path relative to the sources of the gateway
 * @param isGone whether a module was removed, by its path without `.ts`
 */
export function movedImports(path: string, text: string, isGone: (module: string) => boolean): MovedImports {
  const statements = statementsOf(text) ?? [];
  const moduleOf = (each: Syntax) => join(dirname(path), sourceOf(each).replace(/\.js$/, ''));
  const going = statements.filter(
    (each) => each.type === 'ImportDeclaration' && sourceOf(each).startsWith('.') && isGone(moduleOf(each)),
  );
  const imports = going.flatMap((each) => importsOf(each, moduleOf(each)));
  const lost = imports.filter(({ module, name }) => !currentLocationOf(module, name));
  const kept = going.filter((each) => lost.some(({ module }) => module === moduleOf(each)));
  const moved = going.filter((each) => !kept.includes(each));
  const without = [...moved].reverse().reduce((rest, { range: [start, end] }) => {
    return rest.slice(0, start) + rest.slice(lineEnd(rest, end)).replace(/^\n/, '');
  }, text);
  const names = imports.filter(({ module }) => moved.some((each) => moduleOf(each) === module));
  return {
    text: editsOf(path, names).reduce(
      (rest, edit) => addImport(rest, statementsOf(rest) ?? [], edit),
      without,
    ),
    byHand: lost.map(({ module, name }) => `${module}.ts was removed, and nothing else exports ${name}`),
  };
}

const sourceOf = (each: Syntax) => nameOf(node(each['source'])) ?? '';

function importsOf(declaration: Syntax, module: string): Import[] {
  return nodes(declaration['specifiers']).map((each) => ({
    module,
    name: nameOf(each['imported']) ?? nameOf(each['local'])!,
    local: nameOf(each['local'])!,
    typeOnly: declaration['importKind'] === 'type' || each['importKind'] === 'type',
  }));
}

/** One import for each new location, and another for types. */
function editsOf(path: string, imports: readonly Import[]): ImportEdit[] {
  const edits = new Map<string, ImportEdit & { names: string[] }>();
  for (const { module, name, local, typeOnly } of imports) {
    const now = currentLocationOf(module, name)!;
    const from = now.to.startsWith('@') ? now.to : pathTo(path, now.to);
    const edit = edits.get(`${from} ${typeOnly}`) ?? {
      kind: 'import',
      file: path,
      from,
      names: [],
      typeOnly,
    };
    edit.names.push(now.name === local ? local : `${now.name} as ${local}`);
    edits.set(`${from} ${typeOnly}`, edit);
  }
  return [...edits.values()]
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .map((edit) => ({ ...edit, names: [...edit.names].sort() }));
}

function pathTo(path: string, module: string): string {
  const way = relative(dirname(path), module);
  return `${way.startsWith('.') ? way : `./${way}`}.js`;
}
