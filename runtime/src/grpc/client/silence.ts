import { status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { answered, unavailableResource } from '../../errors/grpc-error.js';

/** The notes that grpc-js adds on its connection attempts. */
const LAST_ERROR = /^.*Last error: (?:Error: )?(.+?)\. Resolution note:.*$/s;

/** The messages of grpc-js for a missing or lost connection, which name no cause. */
const NO_CAUSE = /^(Connection dropped|No connection established)/;

const causeOf = ({ details }: Pick<ServiceError, 'details'>): string => details.replace(LAST_ERROR, '$1');

/** The connection is not refused, but nothing answers: the service hangs or is paused. */
export const isHanging = (error: Pick<ServiceError, 'code' | 'details'>): boolean =>
  error.code === status.DEADLINE_EXCEEDED || NO_CAUSE.test(causeOf(error));

/** The reason in plain words, for health checks; it stays the same while the cause does. */
export const silenceText = (error: Pick<ServiceError, 'code' | 'details'>): string =>
  isHanging(error) ? 'it does not answer' : `no connection: ${causeOf(error)}`;

/** Whether the service did not answer: it was unavailable or too slow. */
export function isSilence(error: unknown): error is ServiceError {
  const { code } = error as ServiceError;
  return (
    (code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED) && !answered(error as ServiceError)
  );
}

/** Whether the call may succeed soon, if it is repeated: it was not answered, or the database of the service is unavailable. */
export const isPassing = (error: unknown): error is ServiceError =>
  isSilence(error) || unavailableResource(error as ServiceError) !== undefined;
