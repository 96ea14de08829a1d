import type { Broker } from '../broker.js';
import type { Api, RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';

/** The client of a request. */
export interface Peer {
  readonly host: string;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
  /** The size that its next response should not exceed, since other clients are slow to read theirs. */
  room(): number;
  /** Counts bytes of a response that is being made against that room, until the returned function is called. */
  hold(bytes: number): () => void;
  /** Who it is, once it has authenticated; without, it is Kafka's ANONYMOUS. */
  user?: string;
  /** Its library and version, once it has told them (KIP-511). */
  software?: string;
}

export interface Context extends Peer {
  readonly broker: Broker;
  readonly version: number;
  readonly clientId: string;
  /** What is called when the response is encoded. */
  readonly afterwards: (() => void)[];
}

/** An error that is reported by closing the connection, as in Kafka. */
export class Hangup extends Error {
  override name = 'Hangup';

  constructor(
    reason: string,
    /** Whether the reason is in the log already. */
    readonly isLogged = false,
  ) {
    super(reason);
  }
}

/** Handles one API in all its versions; undefined means that there is no response. */
export type Handler<A extends Api> = (
  request: RequestOf<A>,
  context: Context,
) => ResponseOf<A> | undefined | Promise<ResponseOf<A> | undefined>;

/** An API and its handler, with the message types erased. */
export interface Served {
  readonly api: Api;
  answer(request: unknown, context: Context): Promise<object | undefined>;
}

export interface Failure {
  readonly errorCode: ErrorCode;
  readonly errorMessage: string;
}

/** The response to an error. One that is not meant for clients is logged, and its message is hidden. */
export const failureOf = (error: unknown, { broker }: Pick<Context, 'broker'>): Failure => {
  if (error instanceof KafkaError && error.code !== ErrorCode.KAFKA_STORAGE_ERROR)
    return { errorCode: error.code, errorMessage: error.message };
  broker.log('error', 'request failed', {
    err: error instanceof KafkaError ? error.message : (error as Error).stack,
  });
  if (error instanceof KafkaError) return { errorCode: error.code, errorMessage: error.message };
  return { errorCode: ErrorCode.UNKNOWN_SERVER_ERROR, errorMessage: 'internal error' };
};

/** The response to one part of a request: the result of `work`, or of `otherwise` when it fails. */
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
