import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { Principal } from '../requests/identity.js';

interface TestKey {
  readonly kid: string;
  readonly algorithm: string;
  readonly publicKey: JsonWebKey;
  readonly privateKey: JsonWebKey;
}

/** The claims of a token; `expires` is an argument of jose's `setExpirationTime`. */
export interface TestToken extends Principal {
  readonly issuer?: string;
  readonly audience?: string;
  readonly expires?: string | number;
  readonly type?: string;
  readonly kid?: string;
  readonly sessionId?: string;
}

/** Keys for tests, and the tokens that they sign. */
export class TestKeys {
  private keys: readonly TestKey[] = [createKey('ed25519')];

  /** The value for JWKS. */
  get jwks(): string {
    return JSON.stringify({ keys: this.keys.map(({ publicKey }) => publicKey) });
  }

  /** The value for JWT_KEYS. */
  get jwtKeys(): string {
    return JSON.stringify({ keys: this.keys.map(({ privateKey }) => privateKey) });
  }

  get variables(): Record<string, string> {
    return { AUTH: 'required', JWKS: this.jwks, JWT_KEYS: this.jwtKeys };
  }

  /** Adds a new signing key; tokens of the previous keys stay valid. */
  rotate(kind: 'ed25519' | 'ec' = 'ed25519'): void {
    this.keys = [createKey(kind), ...this.keys];
  }

  async sign({ id, roles, ...terms }: TestToken): Promise<string> {
    const { issuer = 'msx', audience = 'msx', expires = '15m', type = 'at+jwt' } = terms;
    const [key] = this.keys;
    return new SignJWT({ roles, sid: terms.sessionId })
      .setProtectedHeader({ alg: key!.algorithm, kid: terms.kid ?? key!.kid, typ: type })
      .setSubject(id)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(await importJWK(key!.privateKey as never, key!.algorithm));
  }
}

function createKey(kind: 'ed25519' | 'ec'): TestKey {
  const kid = randomUUID();
  const { publicKey, privateKey } =
    kind === 'ec' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  return {
    kid,
    algorithm: kind === 'ec' ? 'ES256' : 'EdDSA',
    publicKey: { ...publicKey.export({ format: 'jwk' }), kid },
    privateKey: { ...privateKey.export({ format: 'jwk' }), kid },
  };
}
