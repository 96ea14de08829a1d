import type { ApolloServerPlugin, BaseContext, GraphQLRequestListener } from '@apollo/server';

const listener: GraphQLRequestListener<BaseContext> = {
  willSendResponse: async ({ response }) => {
    response.http.headers.set('cache-control', 'no-store');
  },
};

/** Answers are one client's, as they are now: no cache on the way may keep them. */
export const noStore: ApolloServerPlugin = { requestDidStart: async () => listener };
