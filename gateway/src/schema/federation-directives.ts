import { Kind, parse } from 'graphql';
import type { DirectiveDefinitionNode } from 'graphql';

/** The specification, with the version, that defines these directives. */
export const FEDERATION_URL = 'https://specs.apollo.dev/federation/v2.3';

/**
 * The directives for composers. `fields` is a selection without braces; its type is FieldSet to composers, and String to
 * everyone else.
 *
 * @see https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/directives
 */
const DEFINITIONS = `
  directive @extends on OBJECT | INTERFACE
  directive @external on OBJECT | FIELD_DEFINITION
  directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
  directive @interfaceObject on OBJECT
  directive @key(fields: String!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
  directive @override(from: String!) on FIELD_DEFINITION
  directive @provides(fields: String!) on FIELD_DEFINITION
  directive @requires(fields: String!) on FIELD_DEFINITION
  directive @shareable repeatable on OBJECT | FIELD_DEFINITION
  directive @tag(name: String!) repeatable on FIELD_DEFINITION | INTERFACE | OBJECT | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
`;

export const federationDirectives: readonly DirectiveDefinitionNode[] = parse(DEFINITIONS).definitions.filter(
  (node) => node.kind === Kind.DIRECTIVE_DEFINITION,
);
