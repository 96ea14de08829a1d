import type { renewDelegationToken } from './39-renew-delegation-token.js';
import { tokenRefused } from './token-refused.js';
import type { Handler } from './handler.js';

export const answerRenewDelegationToken: Handler<typeof renewDelegationToken> = () => ({
  ...tokenRefused,
  expiryTimestampMs: -1,
});
