import {
  BREAK,
  getNullableType,
  isListType,
  isNonNullType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { ASTVisitor, DocumentNode, GraphQLSchema } from 'graphql';

/** What of a document the compiler makes the same of as graphql-js. */
export interface Compilable {
  readonly document: boolean;
  /** Variables that may be null where they are used in a place that may not: with a null in one, it is graphql-js's. */
  readonly notNull: readonly string[];
}

/**
 * graphql-jit writes out each named fragment wherever it is spread, which a small document can make endless, takes a
 * condition on one of its uses for a condition on all of them, shortens a list whose last member is an error, misses a
 * variable that has a default and may not be null, and takes null for a value where only a variable's default is not null.
 */
export function compilable(schema: GraphQLSchema, document: DocumentNode): Compilable {
  const notNull = new Set<string>();
  let plain = document.definitions.length === 1;
  const refuse = (): typeof BREAK => {
    plain = false;
    return BREAK;
  };
  const types = new TypeInfo(schema);
  const visitor: ASTVisitor = {
    [Kind.DIRECTIVE]: refuse,
    [Kind.FIELD]: () => {
      const type = getNullableType(types.getType());
      return isListType(type) && !isNonNullType(type.ofType) ? refuse() : undefined;
    },
    [Kind.VARIABLE_DEFINITION]: ({ type, defaultValue }) =>
      type.kind === Kind.NON_NULL_TYPE && defaultValue ? refuse() : false,
    [Kind.VARIABLE]: ({ name }) => {
      if (isNonNullType(types.getInputType())) notNull.add(name.value);
    },
  };
  visit(document, visitWithTypeInfo(types, visitor));
  return { document: plain, notNull: [...notNull] };
}
