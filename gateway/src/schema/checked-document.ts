import { StartupError } from '@msx/runtime';
import { Kind, print, visit, parse } from 'graphql';
import type { DefinitionNode, DirectiveDefinitionNode, DocumentNode, GraphQLSchema } from 'graphql';
import { validateSDL } from 'graphql/validation/validate.js';
import { federationDirectives } from './federation-directives.js';
import { documentOf } from './applied-directives.js';

/** A schema with its applied directives, and the definitions of the federation directives that it uses. */
export interface CheckedDocument {
  readonly document: DocumentNode;
  readonly federation: readonly DirectiveDefinitionNode[];
}

/**
 * @throws StartupError SCHEMA_INVALID, with the location, for a directive that neither the schema nor federation defines, or
 *   that is not allowed in its place
 */
export function checkedDocument(schema: GraphQLSchema): CheckedDocument {
  const document = documentOf(schema);
  const own = new Set(schema.getDirectives().map(({ name }) => name));
  const available = federationDirectives.filter(({ name }) => !own.has(name.value));
  // Printed and parsed again, so that problems have a location.
  const located = parse(print({ ...document, definitions: [...available, ...document.definitions] }));
  const problems = validateSDL(located).map(
    ({ message, nodes }) => `${message} (${placeOf(located, nodes?.at(-1)?.loc?.start)})`,
  );
  if (problems.length) throw new StartupError('SCHEMA_INVALID', problems.join('; '));
  const used = namesApplied(document);
  return { document, federation: available.filter(({ name }) => used.has(name.value)) };
}

/** `type User: email: String! @tagg` */
function placeOf({ definitions, loc }: DocumentNode, offset = 0): string {
  const around = definitions.find((node) => node.loc!.start <= offset && offset <= node.loc!.end);
  const { body } = loc!.source;
  const line = body
    .slice(body.lastIndexOf('\n', offset) + 1)
    .split('\n', 1)[0]!
    .trim();
  return around ? `${nameOf(around)}: ${line}` : line;
}

const nameOf = (node: DefinitionNode): string => ('name' in node && node.name?.value) || 'schema';

function namesApplied(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, { [Kind.DIRECTIVE]: ({ name }) => void names.add(name.value) });
  return names;
}
