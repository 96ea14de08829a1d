import { createHash, randomBytes } from 'node:crypto';

/** `<session id>.<secret>`: the one says which session it belongs to, the other that its bearer may use it. */
export interface RefreshToken {
  readonly sessionId: string;
  readonly secret: string;
}

const FORMAT = /^([\da-f-]{36})\.([\w-]{43})$/;

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function toText({ sessionId, secret }: RefreshToken): string {
  return `${sessionId}.${secret}`;
}

export function parseRefreshToken(text: string): RefreshToken | undefined {
  const [, sessionId, secret] = FORMAT.exec(text) ?? [];
  return sessionId && secret ? { sessionId, secret } : undefined;
}

/** The secret is random and long, so that one round of a fast hash keeps it as safe as many of a slow one. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
