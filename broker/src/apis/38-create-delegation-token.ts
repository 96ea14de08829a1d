// CreateDelegationToken, versions 1–3: refused: tokens need an authenticated client, and a broker with a secret key.
// Left out: delegation tokens, as in an Apache Kafka without delegation.token.secret.key.
// From: KIP-48, KIP-373 (tokens for others).
import { api } from '../wire/api.js';
import { arrayOf, bytes, int16, int32, int64, string } from '../wire/types.js';

export const createDelegationToken = api({
  key: 38,
  name: 'CreateDelegationToken',
  versions: [1, 3],
  flexible: 2,
  request: {
    ownerPrincipalType: string.since(3).nullable(),
    ownerPrincipalName: string.since(3).nullable(),
    renewers: arrayOf({
      principalType: string,
      principalName: string,
    }),
    maxLifetimeMs: int64,
  },
  response: {
    errorCode: int16,
    principalType: string,
    principalName: string,
    tokenRequesterPrincipalType: string.since(3),
    tokenRequesterPrincipalName: string.since(3),
    issueTimestampMs: int64,
    expiryTimestampMs: int64,
    maxTimestampMs: int64,
    tokenId: string,
    hmac: bytes,
    throttleTimeMs: int32,
  },
});
