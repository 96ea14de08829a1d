import { randomUUID } from 'node:crypto';
import { DomainError } from '../../errors/domain-error.js';
import type { KeySet } from '../key-set.js';
import type { Principal } from '../../requests/identity.js';
import { TOKEN_TYPE } from '../token-type.js';
import type { TokenTerms } from '../token-type.js';

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Signs access tokens with the first key of the set; the others remain for the tokens they signed before. */
export class TokenIssuer {
  /** @param lifetime the lifetime of a token, in seconds */
  constructor(
    private readonly keys: KeySet | undefined,
    private readonly terms: TokenTerms,
    private readonly lifetime: number,
  ) {}

  /**
   * @param sessionId the session whose end revokes the token. @throws DomainError AUTH_NOT_CONFIGURED when there is no
   * key
   */
  async issue({ id, roles }: Principal, sessionId?: string): Promise<AccessToken> {
    this.keys?.refresh();
    const [key] = this.keys?.all ?? [];
    if (!key) {
      const message = 'cannot sign in: JWT_KEYS has no keys to sign tokens with';
      throw new DomainError('AUTH_NOT_CONFIGURED', message, { kind: 'precondition' });
    }
    const { SignJWT } = await import('jose');
    const issuedAt = Math.floor(Date.now() / 1000);
    const expiresAt = issuedAt + this.lifetime;
    const token = await new SignJWT({ roles, sid: sessionId })
      .setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ: TOKEN_TYPE })
      .setSubject(id)
      .setIssuer(this.terms.issuer)
      .setAudience(this.terms.audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .setJti(randomUUID())
      .sign(key.key);
    return { token, expiresAt: new Date(expiresAt * 1000) };
  }
}
