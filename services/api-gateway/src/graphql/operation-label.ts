import { Kind } from 'graphql';
import type { OperationDefinitionNode } from 'graphql';

/**
 * What an operation is measured as: `query users`. Not by its name, of which clients can make up as many as they like; the
 * root fields of a valid operation are those of the schema.
 */
export function operationLabel({ operation, selectionSet }: OperationDefinitionNode): string {
  const [first, second] = selectionSet.selections;
  if (second || first?.kind !== Kind.FIELD) return `${operation} several`;
  return `${operation} ${first.name.value}`;
}
