import { createHash, randomBytes } from 'node:crypto';

/**
 * `<session id>.<proof>.<secret>`. The id names the session. The proof, which stays the same, shows that the bearer was given
 * a token of that session. The secret, which works once, shows that it is the latest one.
 */
export interface RefreshToken {
  readonly sessionId: string;
  readonly proof: string;
  readonly secret: string;
}

const FORMAT = /^([\da-f-]{36})\.([\w-]{43})\.([\w-]{43})$/;

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function toText({ sessionId, proof, secret }: RefreshToken): string {
  return `${sessionId}.${proof}.${secret}`;
}

export function parseRefreshToken(text: string): RefreshToken | undefined {
  const [, sessionId, proof, secret] = FORMAT.exec(text) ?? [];
  return sessionId && proof && secret ? { sessionId, proof, secret } : undefined;
}

/** The secret is long and random, so one round of a fast hash is as safe as many rounds of a slow one. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
