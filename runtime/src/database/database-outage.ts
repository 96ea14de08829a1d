import { DomainError, RESOURCE } from '../errors/domain-error.js';

/** The database cannot do its part at the moment: the caller's request was good, and may be repeated later. */
export class DatabaseOutage extends DomainError {}

/** How long a caller should wait, in seconds: connections are opened again at once, and a server restarts in a few seconds. */
const RETRY_AFTER = '1';

/** It does not answer, has lost the connection, or is busy: callers retry what is safe to repeat. */
export class DatabaseUnavailable extends DatabaseOutage {
  constructor(cause: unknown) {
    super('UNAVAILABLE', `The database is unavailable: ${reasonOf(cause)}`, {
      kind: 'unavailable',
      metadata: { [RESOURCE]: 'database', retryAfter: RETRY_AFTER },
      cause,
    });
  }
}

/** Errors of connections that Node opens to several addresses have a code, and no message. */
function reasonOf(cause: unknown): string {
  const { message, code } = cause as { message?: string; code?: string };
  return message || code || String(cause);
}
