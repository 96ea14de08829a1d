import { ErrorCode } from '../wire/error-code.js';
import { failureOf, type Context } from './handler.js';

/** Clients of these APIs know the error PRODUCER_FENCED since version 2 (KIP-360, KIP-588). */
const FENCED_SINCE = 2;

/**
 * An answer of the transaction coordinator, with the error as the client knows it. A disk error is reported as
 * "coordinator not available", as in Kafka, so that producers retry.
 */
export const coordinated = <A extends { readonly error: ErrorCode }>(
  context: Context,
  answer: () => A,
  fencedSince = FENCED_SINCE,
): A | { readonly error: ErrorCode } => {
  try {
    const result = answer();
    const isUnknown = result.error === ErrorCode.PRODUCER_FENCED && context.version < fencedSince;
    return isUnknown ? { ...result, error: ErrorCode.INVALID_PRODUCER_EPOCH } : result;
  } catch (error) {
    const { errorCode } = failureOf(error, context);
    return {
      error: errorCode === ErrorCode.KAFKA_STORAGE_ERROR ? ErrorCode.COORDINATOR_NOT_AVAILABLE : errorCode,
    };
  }
};
