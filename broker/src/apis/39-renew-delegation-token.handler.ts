import type { renewDelegationToken } from './39-renew-delegation-token.js';
import { noTokenTime, tokenRefusal } from './token-refused.js';
import type { Handler } from './handler.js';

export const answerRenewDelegationToken: Handler<typeof renewDelegationToken> = (_, context) => {
  const errorCode = tokenRefusal(context);
  return { errorCode, expiryTimestampMs: noTokenTime(errorCode) };
};
