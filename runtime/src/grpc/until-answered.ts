import { isSilence } from './silence.js';

const FIRST_WAIT = 50;

/** A service that restarts is back within a second or two: its callers should not sleep through that. */
const LONGEST_WAIT = 200;

/**
 * Calls again while nobody answers, until the deadline, a moment in milliseconds; the waits grow, and differ, so that
 * callers do not come back all at once.
 * @throws ServiceError what was answered; the last silence
 */
export async function untilAnswered<T>(call: () => Promise<T>, deadline: number): Promise<T> {
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      return await call();
    } catch (error) {
      if (!isSilence(error) || Date.now() + wait >= deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random() / 2)));
    }
  }
}
