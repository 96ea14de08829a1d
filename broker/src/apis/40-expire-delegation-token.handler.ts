import type { expireDelegationToken } from './40-expire-delegation-token.js';
import { noTokenTime, tokenRefusal } from './token-refused.js';
import type { Handler } from './handler.js';

export const answerExpireDelegationToken: Handler<typeof expireDelegationToken> = (_, context) => {
  const errorCode = tokenRefusal(context);
  return { errorCode, expiryTimestampMs: noTokenTime(errorCode) };
};
