import { Context } from '@nestjs/graphql';
import type { Loaders } from '../loaders/entity.js';

/** The context that all resolvers of one request share; `L` are the loaders of the gateway's entities. */
export interface GraphqlContext<L = Loaders> {
  readonly loaders: L;
  /** The value of the `Idempotency-Key` header; empty if the client sent none. */
  readonly idempotencyKey: string;
  /** The IP address of the client. */
  readonly address: string;
}

/** The request's loaders, as a parameter of a resolver. */
export const RequestLoaders = (): ParameterDecorator => Context('loaders');
