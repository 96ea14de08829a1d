// SaslAuthenticate, versions 0–2: one token of the chosen mechanism in each direction, and how long the session lasts.
// Left out: GSSAPI and delegation tokens. Only a listener with SASL authenticates; elsewhere the request is illegal.
// From: KIP-152, KIP-368 (the session's lifetime).
import { api } from '../wire/api.js';
import { bytes, int16, int64, string } from '../wire/types.js';

export const saslAuthenticate = api({
  key: 36,
  name: 'SaslAuthenticate',
  versions: [0, 2],
  flexible: 2,
  request: { authBytes: bytes },
  response: {
    errorCode: int16,
    errorMessage: string.nullable(),
    authBytes: bytes,
    sessionLifetimeMs: int64.since(1),
  },
});
