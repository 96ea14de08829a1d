import { status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { answered } from '../errors/grpc-error.js';

/** No answer from the service: it was not there, or too slow. */
export function isSilence(error: unknown): error is ServiceError {
  const { code } = error as ServiceError;
  return (
    (code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED) && !answered(error as ServiceError)
  );
}
