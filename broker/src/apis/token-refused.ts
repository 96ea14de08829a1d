import { ErrorCode } from '../wire/error-code.js';
import type { Context } from './handler.js';

/**
 * The error of all requests about delegation tokens (KIP-48): they need a client that has authenticated, and a broker
 * that is configured to issue tokens.
 */
export const tokenRefusal = ({ user }: Pick<Context, 'user'>): ErrorCode =>
  user === undefined
    ? ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED
    : ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED;

/** The time of a token that does not exist, as Kafka answers it before and after it has looked at the request. */
export const noTokenTime = (error: ErrorCode): number =>
  error === ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED ? 0 : -1;
