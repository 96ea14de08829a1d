import { getOperationAST, OperationTypeNode, parse } from 'graphql';
import type { DocumentNode } from 'graphql';
import type { GraphqlRequest } from './query-gateway.js';

/** Whether a request is a subscription. Invalid GraphQL is not: the gateway reports its errors. */
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
