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

/** Whether the compiler executes a document like graphql-js does. */
export interface Compilable {
  readonly document: boolean;
  /** Nullable variables that are used where null is not allowed: if one is null, graphql-js must execute the document. */
  readonly notNull: readonly string[];
}

/**
 * graphql-jit differs from graphql-js in several ways. It inlines each named fragment wherever it is spread, which explodes
 * for some small documents, and applies a condition on one use of a fragment to all of them. It shortens a list whose last
 * member is an error. It misses a non-null variable with a default, and accepts null where only the default of a variable
 * is not null.
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
