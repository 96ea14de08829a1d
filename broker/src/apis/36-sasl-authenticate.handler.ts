import type { saslAuthenticate } from './36-sasl-authenticate.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Handler } from './handler.js';

/** Reached only without SASL, or once a connection is authenticated: the connection itself answers before that. */
export const answerSaslAuthenticate: Handler<typeof saslAuthenticate> = () => ({
  errorCode: ErrorCode.ILLEGAL_SASL_STATE,
  errorMessage: 'SaslAuthenticate request received after successful authentication',
});
