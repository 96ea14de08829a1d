import { status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { answered } from '../errors/grpc-error.js';

/** What the library adds for itself: how it chose the connection, and its notes. */
const DEADLINE_DETAILS = /^(Deadline exceeded after [\d.]+s),.*$/s;
const LAST_ERROR = /^.*Last error: (?:Error: )?(connect .+?)\. Resolution note:.*$/s;

/** The status and the cause in a line: who looks at a check wants to know why nothing answered, and no more. */
export const silenceText = ({ code, details }: Pick<ServiceError, 'code' | 'details'>): string =>
  `${code} ${status[code]}: ${details.replace(DEADLINE_DETAILS, '$1').replace(LAST_ERROR, '$1')}`;

/** No answer from the service: it was not there, or too slow. */
export function isSilence(error: unknown): error is ServiceError {
  const { code } = error as ServiceError;
  return (
    (code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED) && !answered(error as ServiceError)
  );
}
