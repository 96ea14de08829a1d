import { setTimeout as delay } from 'node:timers/promises';

/** lock_not_available: the statement waited for `lock_timeout`. */
const LOCK_TIMEOUT = '55P03';

/** How long a statement waits for a lock on PostgreSQL, how often it is tried, and the pause in between. */
export interface LockWait {
  readonly timeoutMs: number;
  readonly attempts: number;
  readonly pauseMs: number;
}

export const LOCK_WAIT: LockWait = { timeoutMs: 2000, attempts: 15, pauseMs: 500 };

export const isLockTimeout = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === LOCK_TIMEOUT;

/** Runs `attempt` again while it fails because it waited too long for a lock. @throws the last error */
export async function retriedAtLocks<T>(
  { attempts, pauseMs }: LockWait,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let left = attempts; ; left--)
    try {
      return await attempt();
    } catch (error) {
      if (!isLockTimeout(error) || left <= 1) throw error;
      await delay(pauseMs);
    }
}
