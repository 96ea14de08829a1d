import type { GraphqlRequest } from './query-gateway.js';

/** Loads the GraphQL parser only if the query contains the word, since loading takes time. */
export async function subscribes(request: GraphqlRequest): Promise<boolean> {
  if (!/\bsubscription\b/.test(request.query)) return false;
  const { isSubscription } = await import('./is-subscription.js');
  return isSubscription(request);
}
