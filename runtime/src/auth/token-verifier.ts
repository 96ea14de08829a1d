import type { JsonWebKey } from 'node:crypto';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { DomainError } from '../errors/domain-error.js';
import { ALGORITHMS } from './key-set.js';
import type { KeySet } from './key-set.js';
import type { Identity } from '../requests/identity.js';
import { Sessions } from './sessions.js';
import { TOKEN_TYPE } from './token-type.js';
import type { TokenTerms } from './token-type.js';

/** How far clocks may differ. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** An access token has about 400 bytes; anything much larger is refused without parsing it. */
const MAX_LENGTH = 4096;

/** The largest number of verified tokens that are cached, so that a client's next request needs no signature check. */
const MAX_CACHED = 5000;

const BEARER = /^Bearer +([\w.~+/-]+=*) *$/i;

/** Checks access tokens: JWTs (RFC 7519) in the profile of RFC 9068. */
export class TokenVerifier {
  private readonly verified = new Map<string, Identity>();

  /** @param keys without them, every token is refused */
  constructor(
    private readonly keys: KeySet | undefined,
    private readonly terms: TokenTerms,
    private readonly sessions = new Sessions(),
  ) {}

  /**
   * The identity that an `Authorization` header proves; undefined without a header.
   * @throws DomainError as `verify` does
   */
  async identify(header: string | undefined): Promise<Identity | undefined> {
    if (header === undefined) return undefined;
    const token = header.length <= MAX_LENGTH ? BEARER.exec(header)?.[1] : undefined;
    if (!token) throw invalid('the header must be "Authorization: Bearer <access token>"');
    return this.verify(token);
  }

  /**
   * @throws DomainError TOKEN_INVALID, TOKEN_EXPIRED, TOKEN_REVOKED; UNAVAILABLE for an admin while sessions cannot be
   * looked up
   */
  async verify(token: string): Promise<Identity> {
    const identity = await this.signed(token);
    await this.sessions.requireOpen(identity);
    return identity;
  }

  private async signed(token: string): Promise<Identity> {
    if (this.keys?.refresh()) this.verified.clear();
    const cached = this.verified.get(token);
    if (cached && cached.expiresAt.getTime() > Date.now()) return cached;
    this.verified.delete(token);
    const identity = await this.check(token);
    if (this.verified.size >= MAX_CACHED) this.verified.delete(this.verified.keys().next().value!);
    this.verified.set(token, identity);
    return identity;
  }

  /** The public keys, as `/.well-known/jwks.json` shows them. */
  jwks(): { keys: JsonWebKey[] } {
    this.keys?.refresh();
    const keys = (this.keys?.all ?? []).map(({ kid, algorithm, key }) => ({
      ...key.export({ format: 'jwk' }),
      kid,
      alg: algorithm,
      use: 'sig',
    }));
    return { keys };
  }

  private async check(token: string): Promise<Identity> {
    const { jwtVerify, errors } = await import('jose');
    const { issuer, audience } = this.terms;
    try {
      const { payload } = await jwtVerify(token, this.keyOf, {
        algorithms: [...ALGORITHMS],
        issuer,
        audience,
        typ: TOKEN_TYPE,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      return toIdentity(token, payload);
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw expired();
      if (error instanceof errors.JOSEError) throw invalid('it is not a token of this system');
      throw error;
    }
  }

  /** An unknown key may have been added a moment ago. */
  private readonly keyOf: JWTVerifyGetKey = async ({ kid, alg }) => {
    const { errors } = await import('jose');
    const found = (): ReturnType<KeySet['find']> => this.keys?.find(kid ?? '');
    const key = found() ?? (this.keys?.refresh(true) ? found() : undefined);
    if (!key || key.algorithm !== alg) throw new errors.JWKSNoMatchingKey();
    return key.key;
  };
}

function toIdentity(token: string, { sub, exp, roles, sid }: JWTPayload): Identity {
  const names = Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
  const expiresAt = new Date(exp! * 1000);
  const session = typeof sid === 'string' && { sessionId: sid };
  return { token, principal: { id: sub!, roles: names }, expiresAt, ...session };
}

function invalid(why: string): DomainError {
  return new DomainError('TOKEN_INVALID', `the access token is not valid: ${why}`, {
    kind: 'unauthenticated',
  });
}

function expired(): DomainError {
  return new DomainError('TOKEN_EXPIRED', 'the access token has expired: get a new one with refreshToken', {
    kind: 'unauthenticated',
  });
}
