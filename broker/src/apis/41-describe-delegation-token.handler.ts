import type { describeDelegationToken } from './41-describe-delegation-token.js';
import { tokenRefusal } from './token-refused.js';
import type { Handler } from './handler.js';

export const answerDescribeDelegationToken: Handler<typeof describeDelegationToken> = (_, context) => ({
  errorCode: tokenRefusal(context),
});
