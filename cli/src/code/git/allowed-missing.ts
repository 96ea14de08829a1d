import { MsxError } from '../../terminal/errors/msx-error.js';

/** The message of a NOT_IN_GIT error where a missing baseline is allowed; throws any other error. */
export function allowedMissing(error: unknown, allowed: boolean): string {
  if (allowed && error instanceof MsxError && error.code === 'NOT_IN_GIT') return error.message;
  throw error;
}
