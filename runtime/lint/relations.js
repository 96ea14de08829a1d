import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The largest number of files searched for a cycle: a graph of models is small. */
const MAX_FILES = 500;

/** The imports that load a file at run time; `import type` loads nothing. */
const IMPORT =
  /^\s*(?:import(?!\s+type\b)|export(?!\s+type\b)[^'"`;]*\sfrom)\s*(?:[^'"`;]*?\sfrom\s*)?['"](\.[^'"]+)['"]/gm;

const source = (from, specifier) => resolve(dirname(from), specifier).replace(/\.js$/, '.ts');
const text = (file) => (existsSync(file) && statSync(file).isFile() ? readFileSync(file, 'utf8') : '');

/** Whether loading one file also loads the other. */
function loads(file, target) {
  const seen = new Set([file]);
  for (const each of seen) {
    for (const [, specifier] of text(each).matchAll(IMPORT)) seen.add(source(each, specifier));
    if (seen.has(target)) return true;
    if (seen.size > MAX_FILES) return false;
  }
  return false;
}

/** The class that the compiler writes into a property's metadata; it writes none for a union or a generic type. */
function classOf({ typeAnnotation: type } = {}) {
  const isBare =
    type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && !type.typeArguments;
  return isBare ? type.typeName.name : undefined;
}

function create(context) {
  const imported = new Map();
  return {
    ImportDeclaration({ importKind, source: { value }, specifiers }) {
      if (importKind === 'type' || !value.startsWith('.')) return;
      for (const { local, importKind: kind } of specifiers)
        if (kind !== 'type') imported.set(local.name, source(context.filename, value));
    },
    PropertyDefinition(node) {
      const name = classOf(node.typeAnnotation);
      if (!node.decorators?.length || !imported.has(name)) return;
      if (loads(imported.get(name), context.filename))
        context.report({ node: node.typeAnnotation, messageId: 'cycle', data: { name } });
    },
  };
}

/**
 * The compiler emits a reference to the class of each decorated property. When two files import each other, one of them
 * runs before the other's class is defined, and the program fails with "Cannot access 'X' before initialization".
 */
export const relations = {
  rules: {
    cycle: {
      meta: {
        type: 'problem',
        schema: [],
        messages: {
          cycle:
            "the file that declares {{name}} imports this one (a cycle): use Relation<{{name}}> instead, with import type { Relation } from '@msx/runtime'",
        },
      },
      create,
    },
  },
};
