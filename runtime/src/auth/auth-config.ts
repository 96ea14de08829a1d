import { z } from 'zod';
import { KeySet } from './key-set.js';
import type { KeyUse } from './key-set.js';
import type { TokenTerms } from './token-type.js';

export interface AuthConfig extends TokenTerms {
  /** Whether a call without a token is refused; a token that is sent is always checked. */
  readonly required: boolean;
  /** Tokens are not required, because neither AUTH nor JWKS is set on a local service. */
  readonly open?: boolean;
  /** The keys that tokens are checked with. */
  readonly verificationKeys?: KeySet;
  /** The keys that tokens are signed with, in the service that issues them. */
  readonly signingKeys?: KeySet;
  /** The lifetime of an access token, in seconds. */
  readonly accessTokenTtl: number;
  /** The lifetime of a refresh token, in seconds. */
  readonly refreshTokenTtl: number;
}

const keySet = (use: KeyUse) =>
  z.string().transform((source, context) => {
    try {
      return new KeySet(source, use);
    } catch (error) {
      const message = `must be a JWK Set of ${use} keys, or the path of one: ${(error as Error).message}`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
  });

const seconds = (max: number) =>
  z.coerce
    .number(`must be seconds from 1 to ${max}`)
    .int(`must be seconds from 1 to ${max}`)
    .min(1, `must be seconds from 1 to ${max}`)
    .max(max, `must be seconds from 1 to ${max}`);

const DAY_SECONDS = 24 * 60 * 60;

export const authVariables = {
  AUTH: z.enum(['required', 'optional'], 'must be required or optional').optional(),
  JWKS: keySet('public').optional(),
  JWT_KEYS: keySet('private').optional(),
  JWT_ISSUER: z.string().default('msx'),
  JWT_AUDIENCE: z.string().default('msx'),
  ACCESS_TOKEN_TTL: seconds(DAY_SECONDS).default(15 * 60),
  REFRESH_TOKEN_TTL: seconds(365 * DAY_SECONDS).default(30 * DAY_SECONDS),
};

type Values = z.infer<z.ZodObject<typeof authVariables>>;

/**
 * @param local whether only this machine can call, outside production: without keys, tokens are then optional unless
 * AUTH is set
 */
export function toAuthConfig(values: Values, local: boolean): AuthConfig {
  const open = local && !values.AUTH && !values.JWKS;
  return {
    required: !open && values.AUTH !== 'optional',
    ...(open && { open }),
    verificationKeys: values.JWKS,
    signingKeys: values.JWT_KEYS,
    issuer: values.JWT_ISSUER,
    audience: values.JWT_AUDIENCE,
    accessTokenTtl: values.ACCESS_TOKEN_TTL,
    refreshTokenTtl: values.REFRESH_TOKEN_TTL,
  };
}

/** The keys that are missing although tokens are required. */
export function missingKeys(
  { required, verificationKeys, signingKeys }: AuthConfig,
  issues: boolean,
): string[] {
  if (!required) return [];
  return [
    ...(verificationKeys ? [] : ['JWKS must be set, or AUTH=optional']),
    ...(issues && !signingKeys ? ['JWT_KEYS must be set, or AUTH=optional'] : []),
  ];
}
