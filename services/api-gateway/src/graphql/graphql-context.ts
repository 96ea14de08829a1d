import { Context } from '@nestjs/graphql';
import type { Loaders } from '../loaders/loaders.js';

/** What every resolver of one request shares. */
export interface GraphqlContext {
  readonly loaders: Loaders;
  /** Of the `Idempotency-Key` header; empty when the client sent none. */
  readonly idempotencyKey: string;
  /** Whom the request comes from. */
  readonly address: string;
}

/** The request's loaders, as a parameter of a resolver. */
export const RequestLoaders = (): ParameterDecorator => Context('loaders');
