import type { ApolloServerPlugin, BaseContext, GraphQLRequestListener } from '@apollo/server';
import { measureAs } from '@msx/runtime';
import { limitErrorOf } from '../../limits/operation-limits.js';
import type { QueryLimits } from '../../limits/query-limits.js';
import { operationLabel } from '../operation-label.js';

/** Refuses operations before they are executed. Per request, since it depends on the variables. */
export function operationLimitsPlugin(limits: QueryLimits): ApolloServerPlugin {
  const listener: GraphQLRequestListener<BaseContext> = {
    didResolveOperation: async ({ schema, document, operation, request }) => {
      if (!operation) return;
      measureAs({ operation: operationLabel(operation) });
      const refusal = limitErrorOf(
        { schema, document, operation, variables: request.variables ?? {} },
        limits,
      );
      if (refusal) throw refusal;
    },
  };
  return { requestDidStart: async () => listener };
}
