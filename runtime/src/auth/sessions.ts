import { DomainError } from '../errors/domain-error.js';
import { ADMIN } from './principal.js';
import type { Identity } from '../requests/identity.js';

/** Whether a session is open. Rejects when that cannot be determined. */
export type SessionLookup = (sessionId: string) => Promise<boolean>;

type State = 'open' | 'ended' | 'unknown';

/** How long a result is cached: a token outlives its session by at most this long. */
const CACHE_TTL_MS: Readonly<Record<State, number>> = { open: 5_000, ended: Infinity, unknown: 1_000 };

/** The largest number of cached sessions. */
const MAX_CACHED = 10_000;

interface Answer {
  readonly state: Promise<State>;
  until: number;
}

/**
 * Revokes access tokens when their session ends, long before they expire. Each process looks up a session in use once
 * every five seconds. While the issuer is unavailable, tokens are valid until they expire, except those of admins, who
 * are refused: their power is too great to trust a token that may have been revoked.
 */
export class Sessions {
  private readonly answers = new Map<string, Answer>();

  /** @param lookup without it, tokens are valid until they expire */
  constructor(private lookup?: SessionLookup) {}

  /** Uses the issuer's own sessions, here and to answer other services. */
  setLookup(lookup: SessionLookup): void {
    this.lookup = lookup;
    this.served = lookup;
  }

  /** The lookup served to other services; undefined where no sessions are stored. */
  served: SessionLookup | undefined;

  /** @throws DomainError TOKEN_REVOKED, UNAVAILABLE */
  async requireOpen({ sessionId, principal }: Identity): Promise<void> {
    if (!this.lookup || sessionId === undefined) return;
    const state = await this.stateOf(sessionId, this.lookup);
    if (state === 'ended') throw revoked();
    if (state === 'unknown' && principal.roles.includes(ADMIN)) throw unknown();
  }

  private stateOf(sessionId: string, lookup: SessionLookup): Promise<State> {
    const cached = this.answers.get(sessionId);
    if (cached && cached.until > Date.now()) return cached.state;
    const answer: Answer = { state: find(lookup, sessionId), until: Infinity };
    this.answers.delete(sessionId);
    if (this.answers.size >= MAX_CACHED) this.answers.delete(this.answers.keys().next().value!);
    this.answers.set(sessionId, answer);
    void answer.state.then((state) => (answer.until = Date.now() + CACHE_TTL_MS[state]));
    return answer.state;
  }
}

function find(lookup: SessionLookup, sessionId: string): Promise<State> {
  return lookup(sessionId).then(
    (open) => (open ? 'open' : 'ended'),
    () => 'unknown',
  );
}

function revoked(): DomainError {
  return new DomainError('TOKEN_REVOKED', 'the session of this access token has ended: sign in again', {
    kind: 'unauthenticated',
  });
}

function unknown(): DomainError {
  const message = 'cannot check whether the session of this admin has ended: try again';
  return new DomainError('UNAVAILABLE', message, { kind: 'unavailable' });
}
