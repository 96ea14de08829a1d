import type { ApolloServerPlugin, BaseContext, GraphQLRequestListener } from '@apollo/server';

const listener: GraphQLRequestListener<BaseContext> = {
  willSendResponse: async ({ response }) => {
    response.http.headers.set('cache-control', 'no-store');
  },
};

/** Responses are for one client and for now: no cache may store them. */
export const noStore: ApolloServerPlugin = { requestDidStart: async () => listener };
