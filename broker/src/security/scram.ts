import { timingSafeEqual } from 'node:crypto';
import type { Exchange, Verdict } from './exchange.js';
import { digest, hmac, type ScramCredential, type ScramMechanism } from './scram-credential.js';

const SASL_NAME = String.raw`(?:[\x01-\x2b\x2d-\x3c\x3e-\x7f]|=2C|=3D)+`;
const EXTENSIONS = String.raw`(?:,[A-Za-z]+=[\x01-\x2b\x2d-\x7f]+)*`;
const NONCE = String.raw`[\x21-\x2b\x2d-\x7e]+`;
const BASE64 = '(?:[a-zA-Z0-9/+]{4})*(?:[a-zA-Z0-9/+]{3}=|[a-zA-Z0-9/+]{2}==)?';
const CLIENT_FIRST = new RegExp(
  String.raw`^(n,(?:a=(?<authorizationId>${SASL_NAME}))?,)(?:m=[\x01-\x2b\x2d-\x7f]+,)?n=(?<name>${SASL_NAME}),r=(?<nonce>${NONCE})(?<extensions>${EXTENSIONS})$`,
);
const CLIENT_FINAL = new RegExp(
  `^(?<unproven>c=${BASE64},r=(?<nonce>${NONCE})${EXTENSIONS}),p=(?<proof>${BASE64})$`,
);

const INVALID: Verdict = { kind: 'refused' };
const failed = (reason: string): Verdict => ({
  kind: 'refused',
  message: `Authentication failed: ${reason}`,
});

type FindCredential = (user: string) => ScramCredential | undefined;

/** SCRAM (RFC 5802, KIP-84): both sides prove that they know the password without sending it. The texts are Kafka's. */
export const scram =
  (mechanism: ScramMechanism, find: FindCredential): Exchange =>
  (token, { nonce: serverNonce }) => {
    const match = CLIENT_FIRST.exec(token.toString());
    if (!match) return INVALID;
    const [first, gs2Header] = match;
    const { authorizationId, name, nonce: clientNonce, extensions } = match.groups!;
    const user = name!.replaceAll('=2C', ',').replaceAll('=3D', '=');
    const credential = isDelegationToken(extensions!) ? undefined : find(user);
    if (!credential) return INVALID;
    if (authorizationId && authorizationId !== user)
      return failed('Client requested an authorization id that is different from username');
    const nonce = clientNonce! + serverNonce;
    const challenge = `r=${nonce},s=${credential.salt},i=${credential.iterations}`;
    const messages = `${first.slice(gs2Header!.length)},${challenge}`;
    const next = verifyProof(mechanism, credential, { user, nonce, messages });
    return { kind: 'challenge', token: Buffer.from(challenge), next };
  };

/** Delegation tokens (KIP-48) are not issued, so nobody can have one. */
const isDelegationToken = (extensions: string): boolean => /,tokenauth=true(,|$)/i.test(extensions);

const verifyProof =
  (
    { hash }: ScramMechanism,
    credential: ScramCredential,
    conversation: { user: string; nonce: string; messages: string },
  ): Exchange =>
  (token) => {
    const final = CLIENT_FINAL.exec(token.toString())?.groups;
    if (final?.['nonce'] !== conversation.nonce) return INVALID;
    const signed = `${conversation.messages},${final['unproven']}`;
    const storedKey = Buffer.from(credential.storedKey, 'base64');
    const proof = Buffer.from(final['proof']!, 'base64');
    if (proof.length !== storedKey.length) return INVALID;
    const signature = hmac(hash, storedKey, signed);
    const clientKey = proof.map((byte, at) => byte ^ signature[at]!);
    if (!timingSafeEqual(digest(hash, Buffer.from(clientKey)), storedKey)) return INVALID;
    const serverSignature = hmac(hash, Buffer.from(credential.serverKey, 'base64'), signed);
    return {
      kind: 'accepted',
      token: Buffer.from(`v=${serverSignature.toString('base64')}`),
      user: conversation.user,
    };
  };
