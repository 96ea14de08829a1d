import type { ApolloServerPlugin, BaseContext, GraphQLRequestListener } from '@apollo/server';
import { boundedErrors } from '../../errors/bounded-errors.js';

const listener: GraphQLRequestListener<BaseContext> = {
  willSendResponse: async ({ response: { body } }) => {
    if (body.kind !== 'single' || !body.singleResult.errors) return;
    body.singleResult.errors = boundedErrors(body.singleResult.errors, (error) => error);
  },
};

/** Limits the number of errors in a response, as the other engine does. */
export const boundedErrorsPlugin: ApolloServerPlugin = { requestDidStart: async () => listener };
