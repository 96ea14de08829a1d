import { lexicographicSortSchema, print } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { checkedDocument } from './checked-document.js';

/**
 * The schema for people and tools: sorted, so that moving code does not change it, with all applied directives and their
 * definitions.
 *
 * @throws StartupError SCHEMA_INVALID for an unknown directive
 */
export function printedSchema(schema: GraphQLSchema): string {
  const { document, federation } = checkedDocument(lexicographicSortSchema(schema));
  return airy(print({ ...document, definitions: [...federation, ...document.definitions] }));
}

/** With an empty line before each description inside a type, as graphql-js itself prints schemas. */
function airy(text: string): string {
  let quoted = false;
  return text.replace(/^( +)"""|"""/gm, (quotes: string, indent: string | undefined, at: number) => {
    quoted = !quoted;
    return quoted && indent && !/[{(]\n$/.test(text.slice(0, at)) ? `\n${quotes}` : quotes;
  });
}
