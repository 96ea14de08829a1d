import type { FeedModule, UpstreamOptions } from '@msx/runtime';
import type { Provider, Type } from '@nestjs/common';
import type { GqlModuleOptions } from '@nestjs/graphql';
import type { ErrorDetails } from './errors/format-error.js';
import type { Entities } from './loaders/entity.js';
import type { Example } from './examples/example.js';

/** The optional parts of a gateway. */
export type GatewayPart = 'federation' | 'jwks' | 'playground' | 'subscriptions';

/**
 * Fields that refer to another entity, resolved by the request's loaders. Plain functions instead of Nest resolvers: guards
 * and pipes do not apply to them, and they run once per row of a response.
 */
export type Relations = NonNullable<GqlModuleOptions['resolvers']>;

/** The options of `GatewayModule.forRoot`. */
export interface GatewayOptions {
  /** The entities that are loaded by id, by type name: for relations, and for other subgraphs. */
  readonly entities?: Entities;
  /** The services behind the gateway; each is reached at its `…_URL`. */
  readonly upstreams?: readonly UpstreamOptions[];
  /** The events that subscriptions publish; must match `follows` in msx.yaml. */
  readonly follows?: Parameters<typeof FeedModule.forRoot>[0];
  readonly relations?: Relations;
  /** The tabs of the playground. */
  readonly examples?: readonly Example[];
  /** The keys of a domain error's metadata that clients get, with their names: `{ shortages: 'shortages' }`. */
  readonly errorDetails?: ErrorDetails;
  readonly without?: readonly GatewayPart[];
  /**
   * Providers that replace the gateway's own, by token:
   * `{ provide: RATE_LIMIT_STORE, useClass: OurStore }`, `{ provide: AccessGuard, useClass: OurGuard }`.
   */
  readonly replace?: readonly Exclude<Provider, Type>[];
}

/** The injection token of the options. */
export const GATEWAY_OPTIONS = Symbol('gateway options');
