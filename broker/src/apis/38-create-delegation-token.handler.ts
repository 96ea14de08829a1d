import type { createDelegationToken } from './38-create-delegation-token.js';
import { tokenRefused } from './token-refused.js';
import type { Handler } from './handler.js';

const requester = { type: 'User', name: 'ANONYMOUS' };

/** The owner is the requester, unless the request names another one (KIP-373). */
export const answerCreateDelegationToken: Handler<typeof createDelegationToken> = (request) => ({
  ...tokenRefused,
  principalType: request.ownerPrincipalType || requester.type,
  principalName: request.ownerPrincipalName || requester.name,
  tokenRequesterPrincipalType: requester.type,
  tokenRequesterPrincipalName: requester.name,
  issueTimestampMs: -1,
  expiryTimestampMs: -1,
  maxTimestampMs: -1,
});
