import { Backoff } from '../retry/backoff.js';
import { isSilence } from './silence.js';

/** A service that restarts is back within a second or two: its callers should not sleep through that. */
const WAITS = { first: 50, longest: 200 };

/**
 * Calls again while nobody answers, until the deadline, a moment in milliseconds; the waits grow, and differ, so that
 * callers do not come back all at once.
 * @throws ServiceError what was answered; the last silence
 */
export async function untilAnswered<T>(call: () => Promise<T>, deadline: number): Promise<T> {
  for (const backoff = new Backoff(WAITS.first, WAITS.longest); ; await backoff.wait()) {
    try {
      return await call();
    } catch (error) {
      if (!isSilence(error) || Date.now() + backoff.next >= deadline) throw error;
    }
  }
}
