// SaslHandshake, versions 0–1: names the mechanism of an authentication; after version 0, tokens have no header.
// Left out: GSSAPI. Only a listener with SASL authenticates; elsewhere the request is illegal, as in Apache Kafka.
// From: KIP-43, KIP-152 (version 1), KIP-368 (reauthentication).
import { api } from '../wire/api.js';
import { array, int16, string } from '../wire/types.js';

export const saslHandshake = api({
  key: 17,
  name: 'SaslHandshake',
  versions: [0, 1],
  flexible: Infinity,
  request: { mechanism: string },
  response: { errorCode: int16, mechanisms: array(string) },
});
