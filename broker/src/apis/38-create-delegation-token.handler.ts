import type { createDelegationToken } from './38-create-delegation-token.js';
import { ErrorCode } from '../wire/error-code.js';
import { noTokenTime, tokenRefusal } from './token-refused.js';
import type { Handler } from './handler.js';

/** The owner is the requester, unless the request names another one (KIP-373). Only users can renew tokens. */
export const answerCreateDelegationToken: Handler<typeof createDelegationToken> = (request, { user }) => {
  const requester = { type: 'User', name: user ?? 'ANONYMOUS' };
  const isInvalid = request.renewers.some(({ principalType }) => principalType !== 'User');
  const errorCode =
    user !== undefined && isInvalid ? ErrorCode.INVALID_PRINCIPAL_TYPE : tokenRefusal({ user });
  const time = noTokenTime(errorCode);
  return {
    errorCode,
    principalType: request.ownerPrincipalType || requester.type,
    principalName: request.ownerPrincipalName || requester.name,
    tokenRequesterPrincipalType: requester.type,
    tokenRequesterPrincipalName: requester.name,
    issueTimestampMs: time,
    expiryTimestampMs: time,
    maxTimestampMs: time,
  };
};
