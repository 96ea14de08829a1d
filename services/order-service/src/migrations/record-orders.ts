import { createHistory, dropHistory } from '@msx/runtime';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Gives orders a history, and the orders that there are the events that their rows show: that they were created, and how they
 * got their status. Rows of a version of this service that records nothing have the version 0.
 */
export class RecordOrders1796169600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createHistory(runner, 'order');
    await runner.query('ALTER TABLE orders ADD COLUMN version integer NOT NULL DEFAULT 0');
    const json = jsonOf(runner);
    const record = (version: number, event: { type: string; data: string; at: string; where: string }) =>
      runner.query(`INSERT INTO order_events (aggregate_id, version, type, schema_version, data, happened_at)
        SELECT id, ${version}, ${event.type}, 1, ${event.data}, ${event.at} FROM orders WHERE ${event.where}`);
    await record(1, { type: "'created'", data: json.contents, at: 'created_at', where: '1 = 1' });
    await record(2, {
      type: 'lower(status)',
      data: `CASE reason WHEN '' THEN '{}' ELSE ${json.reason} END`,
      at: 'updated_at',
      where: "status <> 'PENDING'",
    });
    // lock allowed: versions and events have to agree, and an order changes no more than twice, soon after it was created
    await runner.query("UPDATE orders SET version = CASE status WHEN 'PENDING' THEN 1 ELSE 2 END");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE orders DROP COLUMN version');
    await dropHistory(runner, 'order');
  }
}

function jsonOf(runner: QueryRunner): { contents: string; reason: string } {
  const postgres = runner.dataSource.options.type === 'postgres';
  const object = (fields: string): string =>
    postgres ? `json_build_object(${fields})::text` : `json_object(${fields})`;
  const items = postgres ? 'items::json' : 'json(items)';
  return {
    contents: object(`'userId', user_id, 'items', ${items}, 'total', total, 'currency', currency,
      'idempotencyKey', idempotency_key, 'fingerprint', fingerprint`),
    reason: object("'reason', reason"),
  };
}
