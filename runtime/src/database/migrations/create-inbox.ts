import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events that were handled and committed, one row for each handler. */
export class CreateInbox1500000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'inbox',
        columns: [
          { name: 'event_id', type: 'varchar', length: '255', isPrimary: true },
          { name: 'handler', type: 'varchar', length: '255', isPrimary: true },
          { name: 'handled_at', type: 'bigint' },
        ],
        indices: [{ name: 'inbox_by_age', columnNames: ['handled_at'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('inbox');
  }
}
