import { createHash, generateKeyPairSync } from 'node:crypto';

/** An Ed25519 key that signs tokens (RFC 8037); only private keys have `d`. */
export type Jwk = {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly d?: string;
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
};

/** A JWK Set (RFC 7517). */
export interface JwkSet {
  readonly keys: readonly Jwk[];
}

/** Creates a private key, whose id is its thumbprint (RFC 7638). */
export function createKey(): Jwk {
  const { x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) as Required<Jwk>;
  const members = JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x });
  const kid = createHash('sha256').update(members).digest('base64url');
  return { kty: 'OKP', crv: 'Ed25519', x, d, kid, alg: 'EdDSA', use: 'sig' };
}

/** The public part of a key, which verifies its signatures. */
export function publicPart({ d: _, ...key }: Jwk): Jwk {
  return key;
}
