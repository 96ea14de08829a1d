import type { Exchange, Verdict } from './exchange.js';
import { unsecuredToken } from './unsecured-token.js';

const SASL_NAME = String.raw`(?:[\x01-\x2b\x2d-\x3c\x3e-\x7f]|=2C|=3D)+`;
const PAIR = String.raw`[A-Za-z]+=[\x21-\x7e \t\r\n]+\x01`;
const CLIENT_FIRST = new RegExp(
  String.raw`^n,(?:a=(?<authorizationId>${SASL_NAME}))?,\x01(?<pairs>(?:${PAIR})*)\x01$`,
);
const BEARER = /^(?<scheme>\w+) +(?<token>[-_~+/.a-zA-Z0-9]+=*)$/;
const INVALID_TOKEN = '{"status":"invalid_token"}';

/** SASL/OAUTHBEARER (RFC 7628, KIP-255) with unsecured tokens. The texts are Kafka's. */
export const oauthbearer: Exchange = (token, { now }) => {
  const message = CLIENT_FIRST.exec(token.toString())?.groups;
  if (!message) return { kind: 'refused' };
  const bearer = BEARER.exec(valueOf('auth', message['pairs']!) ?? '')?.groups;
  if (bearer?.['scheme']!.toLowerCase() !== 'bearer') return { kind: 'refused' };
  const accepted = unsecuredToken(bearer['token']!, now);
  if (!accepted) return { kind: 'challenge', token: Buffer.from(INVALID_TOKEN), next: refuse };
  const { authorizationId } = message;
  if (authorizationId && authorizationId !== accepted.user) return refusedFor(authorizationId, accepted.user);
  return { kind: 'accepted', token: Buffer.alloc(0), ...accepted };
};

const valueOf = (key: string, pairs: string): string | undefined =>
  pairs
    .split('\x01')
    .find((pair) => pair.startsWith(`${key}=`))
    ?.slice(key.length + 1);

/** A client acknowledges that its token is invalid with one byte; then it is refused. */
const refuse: Exchange = () => ({ kind: 'refused', message: INVALID_TOKEN });

const refusedFor = (authorizationId: string, user: string): Verdict => ({
  kind: 'refused',
  message: `Authentication failed: Client requested an authorization id (${authorizationId}) that is different from the token's principal name (${user})`,
});
