import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { Slots } from './slots.js';

/** Matches no password: verified for unknown addresses, so that they take as long as known ones. */
const DUMMY_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** The maximum length of a password; anything beyond it is not worth hashing. */
const MAX_LENGTH = 128;

/**
 * A hash takes a core and one of Node's four worker threads for tens of milliseconds, and 19 MiB. One of each is left for
 * other work, and queued hashes finish well within the five seconds after which callers time out.
 */
const concurrency = Math.min(Math.max(availableParallelism() - 1, 1), 3);
const slots = new Slots({ concurrency, queueLength: 40, timeoutMs: 2_500 });

/** @returns an argon2id hash @throws DomainError RATE_LIMITED */
export function hashPassword(password: string): Promise<string> {
  return slots.run(() => hash(password));
}

/** @throws DomainError RATE_LIMITED */
export function matchesPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  return slots.run(() => verify(passwordHash ?? DUMMY_HASH, password.slice(0, MAX_LENGTH)));
}
