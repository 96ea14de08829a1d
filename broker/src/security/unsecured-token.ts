export interface UnsecuredToken {
  readonly user: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

type Claims = Record<string, unknown>;

/**
 * A JSON Web Token without a signature, as Kafka's OAuthBearerUnsecuredValidatorCallbackHandler accepts it in
 * development: anybody can make one. Undefined if it is malformed, signed, expired, or names nobody.
 */
export const unsecuredToken = (compact: string, now: number): UnsecuredToken | undefined => {
  const parts = compact.split('.');
  if (parts.length !== 3 || parts[2] !== '') return undefined;
  const [header, claims] = [objectIn(parts[0]!), objectIn(parts[1]!)];
  if (header?.['alg'] !== 'none' || !claims) return undefined;
  const { sub: user, exp, iat = 0, scope = '' } = claims;
  if (typeof user !== 'string' || user === '' || !isScope(scope)) return undefined;
  if (typeof exp !== 'number' || typeof iat !== 'number') return undefined;
  const isValid = iat * 1000 <= now && now < exp * 1000 && exp > iat;
  return isValid ? { user, expiresAt: Math.round(exp * 1000) } : undefined;
};

const objectIn = (part: string): Claims | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Claims)
      : undefined;
  } catch {
    return undefined;
  }
};

const isScope = (scope: unknown): boolean => typeof scope === 'string' || Array.isArray(scope);
