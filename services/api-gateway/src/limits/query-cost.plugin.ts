import type { ApolloServerPlugin, BaseContext, GraphQLRequestListener } from '@apollo/server';
import { excessesOf } from './limit-error.js';
import { costOf } from './query-cost.js';
import type { QueryLimits } from './query-limits.js';

/** Refuses operations that cost too much; for each request, since the variables decide. */
export function queryCostPlugin(limits: QueryLimits): ApolloServerPlugin {
  const listener: GraphQLRequestListener<BaseContext> = {
    didResolveOperation: async ({ schema, document, operation, request }) => {
      if (!operation) return;
      const cost = costOf({ schema, document, operation, variables: request.variables ?? {} });
      const [error] = excessesOf({ cost }, limits, operation);
      if (error) throw error;
    },
  };
  return { requestDidStart: async () => listener };
}
