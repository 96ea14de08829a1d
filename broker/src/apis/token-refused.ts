import { ErrorCode } from '../wire/error-code.js';

/** The response to all requests about delegation tokens: they need a client that has authenticated. */
export const tokenRefused = { errorCode: ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED };
