import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Gives the orders that there are the deadlines that new ones get: what they wait for may have been lost long ago. */
export class WatchOrders1796083200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const add = (kind: string, status: string, value: string) =>
      runner.query(`INSERT INTO deadlines (kind, subject, value, version, failures, due_at, next_at)
        SELECT '${kind}', id, '${value}', id, 0, updated_at, updated_at FROM orders WHERE status = '${status}'`);
    await add('order.decision', 'PENDING', '{"asked":false}');
    await add('order.release', 'CANCELLED', '{"previous":"CONFIRMED","rounds":0}');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DELETE FROM deadlines WHERE kind IN ('order.decision', 'order.release')");
  }
}
