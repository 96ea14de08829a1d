import type { saslHandshake } from './17-sasl-handshake.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Handler } from './handler.js';

/** Reached only without SASL, or once a connection is authenticated: the connection itself answers before that. */
export const answerSaslHandshake: Handler<typeof saslHandshake> = () => ({
  errorCode: ErrorCode.ILLEGAL_SASL_STATE,
});
