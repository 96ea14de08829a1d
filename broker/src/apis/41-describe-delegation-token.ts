// DescribeDelegationToken, versions 1–3: refused: tokens need an authenticated client, and a broker with a secret key.
// Left out: delegation tokens, as in an Apache Kafka without delegation.token.secret.key.
// From: KIP-48, KIP-373 (tokens for others).
import { api } from '../wire/api.js';
import { arrayOf, bytes, int16, int32, int64, string } from '../wire/types.js';

export const describeDelegationToken = api({
  key: 41,
  name: 'DescribeDelegationToken',
  versions: [1, 3],
  flexible: 2,
  request: {
    owners: arrayOf({
      principalType: string,
      principalName: string,
    }).nullable(),
  },
  response: {
    errorCode: int16,
    tokens: arrayOf({
      principalType: string,
      principalName: string,
      tokenRequesterPrincipalType: string.since(3),
      tokenRequesterPrincipalName: string.since(3),
      issueTimestamp: int64,
      expiryTimestamp: int64,
      maxTimestamp: int64,
      tokenId: string,
      hmac: bytes,
      renewers: arrayOf({
        principalType: string,
        principalName: string,
      }),
    }),
    throttleTimeMs: int32,
  },
});
