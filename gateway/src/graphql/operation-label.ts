import { Kind } from 'graphql';
import type { OperationDefinitionNode } from 'graphql';

/**
 * The label of an operation in metrics: `query users`. Not its name, since clients can make up any number of them; the root
 * fields of valid operations are bounded by the schema.
 */
export function operationLabel({ operation, selectionSet }: OperationDefinitionNode): string {
  const [first, second] = selectionSet.selections;
  if (second || first?.kind !== Kind.FIELD) return `${operation} several`;
  return `${operation} ${first.name.value}`;
}
