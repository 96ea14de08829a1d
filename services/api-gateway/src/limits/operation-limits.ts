import { GraphQLError, OperationTypeNode } from 'graphql';
import { excessesOf } from './limit-error.js';
import { costOf } from './query-cost.js';
import type { Request } from './query-cost.js';
import type { QueryLimits } from './query-limits.js';

/** Why a valid operation that came by HTTP is not executed; undefined when it is. */
export function refusalOf(request: Request, limits: QueryLimits): GraphQLError | undefined {
  const { operation } = request;
  if (operation.operation === OperationTypeNode.SUBSCRIPTION)
    return new GraphQLError('subscriptions are served over WebSocket.', {
      nodes: operation,
      extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
    });
  return excessesOf({ cost: costOf(request) }, limits, operation)[0];
}
