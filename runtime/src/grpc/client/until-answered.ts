import { Backoff } from '../../retry/backoff.js';
import { isPassing } from './silence.js';

/** A restarting service or database is back within a second or two, so callers retry quickly. */
const BACKOFF_MS = { first: 50, longest: 200 };

/**
 * Retries a call that is not answered, or only by a service without its database, until the deadline, a time in milliseconds, with exponential backoff and jitter.
 * @throws ServiceError the error that was returned, or the last unanswered call
 */
export async function untilAnswered<T>(call: () => Promise<T>, deadline: number): Promise<T> {
  for (const backoff = new Backoff(BACKOFF_MS.first, BACKOFF_MS.longest); ; await backoff.wait()) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error) || Date.now() + backoff.next >= deadline) throw error;
    }
  }
}
