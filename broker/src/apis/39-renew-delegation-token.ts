// RenewDelegationToken, versions 1–2: refused: tokens need an authenticated client, and a broker with a secret key.
// Left out: delegation tokens, as in an Apache Kafka without delegation.token.secret.key.
// From: KIP-48, KIP-373 (tokens for others).
import { api } from '../wire/api.js';
import { bytes, int16, int32, int64 } from '../wire/types.js';

export const renewDelegationToken = api({
  key: 39,
  name: 'RenewDelegationToken',
  versions: [1, 2],
  flexible: 2,
  request: {
    hmac: bytes,
    renewPeriodMs: int64,
  },
  response: {
    errorCode: int16,
    expiryTimestampMs: int64,
    throttleTimeMs: int32,
  },
});
