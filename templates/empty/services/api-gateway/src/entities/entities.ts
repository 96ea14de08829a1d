import type { GraphqlContext, LoadersOf } from '@msx/gateway';

/** Entities that are loaded by id: each at most once per request, in one batched call. */
export const entities = {};

/** The loaders of one request. */
export type Loaders = LoadersOf<typeof entities>;

/** What the resolvers and relations of one request share. */
export type GatewayContext = GraphqlContext<Loaders>;
