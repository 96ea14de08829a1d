import { GraphQLError, OperationTypeNode } from 'graphql';
import { excessesOf } from './limit-error.js';
import { longestListIn } from './longest-list.js';
import { costOf } from './query-cost.js';
import type { OperationRequest } from './query-cost.js';
import type { QueryLimits } from './query-limits.js';

/**
 * Why a valid operation over HTTP must not be executed; undefined if it may be. Lists are measured before their members are
 * looked at.
 */
export function limitErrorOf(request: OperationRequest, limits: QueryLimits): GraphQLError | undefined {
  const { operation } = request;
  if (operation.operation === OperationTypeNode.SUBSCRIPTION)
    return new GraphQLError('subscriptions are served over WebSocket.', {
      nodes: operation,
      extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
    });
  const [tooLong] = excessesOf({ listLength: longestListIn(request.variables) }, limits, operation);
  return tooLong ?? excessesOf({ cost: costOf(request) }, limits, operation)[0];
}
