import type { Broker } from '../broker.js';
import type { Peer } from '../server/connection.js';
import type { Api, RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';

export interface Context extends Peer {
  readonly broker: Broker;
  readonly version: number;
  readonly clientId: string;
}

/** Answers one API in all its versions; undefined is for requests that want no answer. */
export type Handler<A extends Api> = (
  request: RequestOf<A>,
  context: Context,
) => ResponseOf<A> | undefined | Promise<ResponseOf<A> | undefined>;

export interface Failure {
  readonly errorCode: ErrorCode;
  readonly errorMessage: string;
}

/** What a client is told of an error. One that is not meant for clients is logged, and told without its message. */
export const failureOf = (error: unknown, { broker }: Pick<Context, 'broker'>): Failure => {
  if (error instanceof KafkaError && error.code !== ErrorCode.KAFKA_STORAGE_ERROR)
    return { errorCode: error.code, errorMessage: error.message };
  broker.log('error', 'request failed', {
    err: error instanceof KafkaError ? error.message : (error as Error).stack,
  });
  if (error instanceof KafkaError) return { errorCode: error.code, errorMessage: error.message };
  return { errorCode: ErrorCode.UNKNOWN_SERVER_ERROR, errorMessage: 'internal error' };
};

/** The answer to one part of a request: what `work` gives, or its failure with `otherwise` around it. */
export const attempt = <T, F>(
  context: Pick<Context, 'broker'>,
  work: () => T,
  otherwise: (f: Failure) => F,
): T | F => {
  try {
    return work();
  } catch (error) {
    return otherwise(failureOf(error, context));
  }
};
