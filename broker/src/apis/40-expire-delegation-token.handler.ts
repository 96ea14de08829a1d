import type { expireDelegationToken } from './40-expire-delegation-token.js';
import { tokenRefused } from './token-refused.js';
import type { Handler } from './handler.js';

export const answerExpireDelegationToken: Handler<typeof expireDelegationToken> = () => ({
  ...tokenRefused,
  expiryTimestampMs: -1,
});
