import { fileURLToPath } from 'node:url';
import { statementsOf } from '../edits/syntax.js';
import { codeOf } from '../projection/marks.js';
import { isForSlices } from '../projection/project-files.js';
import { readTemplates } from '../projection/read-templates.js';
import { scopesIn } from './identifiers.js';
import { GRAPHQL_TYPES, METADATA_TYPES, STUB_NAMES, WELL_KNOWN_TYPES } from './taken-names.js';
import { pascal, wordsOf } from './words.js';

const folder = fileURLToPath(new URL('../../../../../templates', import.meta.url));

/** All names in the templates and stubs, as names of entities, and their beginnings: `Test` for `TestService`. */
export function riskyNames(): string[] {
  const templates = ['service', 'gateway'].flatMap((each) => readTemplates(folder, each));
  const code = templates
    .filter((template) => template.file.endsWith('.ts') && !isForSlices(template))
    .flatMap(({ pieces }) => scopesIn(statementsOf(codeOf(pieces))!));
  const all = [
    code.flatMap((scope) => [...scope]),
    STUB_NAMES,
    WELL_KNOWN_TYPES,
    GRAPHQL_TYPES,
    METADATA_TYPES,
  ];
  const names = all.flat().filter((name) => /^[A-Za-z]\w+$/.test(name) && !/gnome|shed/i.test(name));
  const words = names.map(wordsOf).filter(([first]) => first !== undefined);
  const beginnings = words.filter(({ length }) => length > 1).map((each) => each.slice(0, -1));
  return [...new Set([...words, ...beginnings].map(pascal))].filter((name) => name.length > 1).sort();
}
