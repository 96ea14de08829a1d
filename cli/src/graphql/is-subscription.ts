import { getOperationAST, OperationTypeNode, parse } from 'graphql';
import type { DocumentNode } from 'graphql';
import type { GraphqlRequest } from './ask-gateway.js';

/** Whether a request is answered by events. What is no GraphQL is not: the gateway says what is wrong with it. */
export function isSubscription({ query, operationName }: GraphqlRequest): boolean {
  const document = parsed(query);
  return Boolean(
    document && getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION,
  );
}

function parsed(query: string): DocumentNode | undefined {
  try {
    return parse(query, { noLocation: true });
  } catch {
    return undefined;
  }
}
