import type { QueryRunner } from 'typeorm';
import { LOCK_WAIT, retriedAtLocks } from '../lock-wait.js';

/**
 * Runs a statement of a migration that has no transaction, on PostgreSQL, in one of its own, which waits for a lock as any
 * migration does: for a short time, so that other queries do not pile up behind it, and several times.
 */
export async function withLockTimeout(
  runner: QueryRunner,
  statement: () => Promise<unknown>,
  wait = LOCK_WAIT,
): Promise<void> {
  if (runner.isTransactionActive) return void (await statement());
  await retriedAtLocks(wait, async () => {
    await runner.startTransaction();
    try {
      await runner.query(`SET LOCAL lock_timeout = ${wait.timeoutMs}`);
      await statement();
      await runner.commitTransaction();
    } catch (error) {
      await runner.rollbackTransaction();
      throw error;
    }
  });
}
