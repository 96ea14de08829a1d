import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (secret: string | Buffer): Buffer => createHash('sha256').update(secret).digest();

/** Compares secrets of any length in a time that depends on neither. */
export const equalSecrets = (one: string | Buffer, other: string | Buffer): boolean =>
  timingSafeEqual(digest(one), digest(other));
