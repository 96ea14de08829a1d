import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages of the outbox that Kafka refuses for good, with the reason: they must not hold up those after them. */
export class CreateRefusedMessages1500000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const postgres = runner.dataSource.options.type === 'postgres';
    await runner.createTable(
      new Table({
        name: 'outbox_refused',
        columns: [
          { name: 'id', type: postgres ? 'bigint' : 'integer', isPrimary: true },
          { name: 'topic', type: 'varchar', length: '249' },
          { name: 'message_key', type: postgres ? 'bytea' : 'blob', isNullable: true },
          { name: 'value', type: postgres ? 'bytea' : 'blob', isNullable: true },
          { name: 'headers', type: 'text' },
          { name: 'created_at', type: 'bigint' },
          { name: 'reason', type: 'text' },
          { name: 'refused_at', type: 'bigint' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('outbox_refused');
  }
}
