import type { JsonWebKey } from 'node:crypto';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { DomainError } from '../errors/domain-error.js';
import { ALGORITHMS } from './key-set.js';
import type { KeySet } from './key-set.js';
import type { Identity } from './principal.js';
import { TOKEN_TYPE } from './token-type.js';
import type { TokenTerms } from './token-type.js';

/** How far clocks may differ, in seconds. */
const CLOCK_TOLERANCE = 5;

/** An access token is some 400 bytes; nobody needs a larger one, and larger ones are not worth reading. */
const MAX_LENGTH = 4096;

/** Tokens that are remembered as good, so that a client's next request costs no signature. */
const MAX_REMEMBERED = 5000;

const BEARER = /^Bearer +([\w.~+/-]+=*) *$/i;

/** Checks access tokens: JWTs (RFC 7519) in the profile of RFC 9068. */
export class TokenVerifier {
  private readonly good = new Map<string, Identity>();

  /** @param keys undefined: there is nothing to check a token with, so that none is good */
  constructor(
    private readonly keys: KeySet | undefined,
    private readonly terms: TokenTerms,
  ) {}

  /**
   * Whom an `Authorization` header proves; undefined when there is none.
   * @throws DomainError TOKEN_INVALID, TOKEN_EXPIRED
   */
  async identify(header: string | undefined): Promise<Identity | undefined> {
    if (header === undefined) return undefined;
    const token = header.length <= MAX_LENGTH ? BEARER.exec(header)?.[1] : undefined;
    if (!token) throw invalid('the header must be "Authorization: Bearer <access token>"');
    return this.verify(token);
  }

  /** @throws DomainError TOKEN_INVALID, TOKEN_EXPIRED */
  async verify(token: string): Promise<Identity> {
    if (this.keys?.refresh()) this.good.clear();
    const known = this.good.get(token);
    if (known && known.expiresAt.getTime() > Date.now()) return known;
    this.good.delete(token);
    const identity = await this.check(token);
    if (this.good.size >= MAX_REMEMBERED) this.good.delete(this.good.keys().next().value!);
    this.good.set(token, identity);
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
        clockTolerance: CLOCK_TOLERANCE,
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      return toIdentity(token, payload);
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw expired();
      if (error instanceof errors.JOSEError) throw invalid('it is not a token of this system');
      throw error;
    }
  }

  /** A key that is not known may have been added a moment ago. */
  private readonly keyOf: JWTVerifyGetKey = async ({ kid, alg }) => {
    const { errors } = await import('jose');
    const found = (): ReturnType<KeySet['find']> => this.keys?.find(kid ?? '');
    const key = found() ?? (this.keys?.refresh(true) ? found() : undefined);
    if (!key || key.algorithm !== alg) throw new errors.JWKSNoMatchingKey();
    return key.key;
  };
}

function toIdentity(token: string, { sub, exp, roles }: JWTPayload): Identity {
  const known = Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
  return { token, principal: { id: sub!, roles: known }, expiresAt: new Date(exp! * 1000) };
}

function invalid(why: string): DomainError {
  return new DomainError('TOKEN_INVALID', `the access token is not valid: ${why}`, {
    kind: 'unauthenticated',
  });
}

function expired(): DomainError {
  return new DomainError('TOKEN_EXPIRED', 'the access token has expired: get another by refreshToken', {
    kind: 'unauthenticated',
  });
}
