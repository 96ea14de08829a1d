import { print, visit } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { checkedDocument } from './checked-document.js';
import { FEDERATION_URL } from './federation-directives.js';

/**
 * The schema for composers: with all applied directives, an import of those of federation, and without the additions of the
 * subgraph specification, whose names start with an underscore.
 *
 * @see https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
 * @throws StartupError SCHEMA_INVALID for an unknown directive
 */
export function subgraphSdl(schema: GraphQLSchema): string {
  const { document, federation } = checkedDocument(schema);
  const own = ({ name }: { name: { value: string } }) => (name.value.startsWith('_') ? null : undefined);
  const ours = visit(document, {
    ScalarTypeDefinition: own,
    UnionTypeDefinition: own,
    FieldDefinition: own,
    ObjectTypeDefinition: own,
  });
  const names = federation.map(({ name }) => `"@${name.value}"`);
  const imports = names.length > 0 ? `, import: [${names.join(', ')}]` : '';
  return `extend schema @link(url: "${FEDERATION_URL}"${imports})\n\n${print(ours)}\n`;
}
