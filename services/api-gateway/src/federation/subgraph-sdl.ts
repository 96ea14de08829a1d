import { Kind, parse, print, printSchema, visit } from 'graphql';
import type { ConstDirectiveNode, GraphQLSchema, ObjectTypeDefinitionNode } from 'graphql';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])';

/**
 * The schema as a composer wants it: with the federation directives that graphql-js leaves out when it prints, and
 * without what the subgraph specification itself adds, the names with an underscore.
 *
 * @see https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
 */
export function subgraphSdl(schema: GraphQLSchema): string {
  const isOurs = (name: string): boolean => !name.startsWith('_');
  const document = visit(parse(printSchema(schema)), {
    ScalarTypeDefinition: (node) => (isOurs(node.name.value) ? undefined : null),
    UnionTypeDefinition: (node) => (isOurs(node.name.value) ? undefined : null),
    FieldDefinition: (node) => (isOurs(node.name.value) ? undefined : null),
    ObjectTypeDefinition: (node) =>
      isOurs(node.name.value) ? { ...node, directives: directivesOf(schema, node) } : null,
  });
  return `${LINK}\n\n${print(document)}\n`;
}

function directivesOf(
  schema: GraphQLSchema,
  { name }: ObjectTypeDefinitionNode,
): readonly ConstDirectiveNode[] {
  const declared = schema.getType(name.value)?.astNode;
  return declared?.kind === Kind.OBJECT_TYPE_DEFINITION ? (declared.directives ?? []) : [];
}
