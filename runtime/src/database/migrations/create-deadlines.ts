import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deadlines that are not finished, and the lease of the process that looks at those that are due. */
export class CreateDeadlines1500000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'deadlines',
        columns: [
          { name: 'kind', type: 'varchar', length: '100', isPrimary: true },
          { name: 'subject', type: 'varchar', length: '255', isPrimary: true },
          { name: 'value', type: 'text' },
          { name: 'version', type: 'varchar', length: '36' },
          { name: 'failures', type: 'integer' },
          { name: 'due_at', type: 'bigint' },
          { name: 'next_at', type: 'bigint' },
        ],
        indices: [
          { name: 'deadlines_by_next', columnNames: ['kind', 'next_at'] },
          { name: 'deadlines_by_due', columnNames: ['due_at'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'deadline_lease',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true },
          { name: 'holder', type: 'varchar', length: '36' },
          { name: 'ends_at', type: 'bigint' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('deadline_lease');
    await runner.dropTable('deadlines');
  }
}
