import { setTimeout as delay } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { isLockTimeout, LOCK_WAIT } from '../lock-wait.js';

/**
 * Runs a statement of a migration that has no transaction, on PostgreSQL, in one of its own, which waits for a lock as any
 * migration does: for a short time, so that other queries do not pile up behind it, and several times.
 */
export async function withLockTimeout(
  runner: QueryRunner,
  statement: () => Promise<unknown>,
  { timeoutMs, attempts, pauseMs } = LOCK_WAIT,
): Promise<void> {
  if (runner.isTransactionActive) return void (await statement());
  for (let attempt = 1; ; attempt++) {
    await runner.startTransaction();
    try {
      await runner.query(`SET LOCAL lock_timeout = ${timeoutMs}`);
      await statement();
      return await runner.commitTransaction();
    } catch (error) {
      await runner.rollbackTransaction();
      if (!isLockTimeout(error) || attempt >= attempts) throw error;
    }
    await delay(pauseMs);
  }
}
