import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The dead letters of the service that nobody has replayed or dropped: a projection of its dead-letter topics. */
export class CreateDeadLetters1500000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'dead_letters',
        columns: [
          { name: 'topic', type: 'varchar', length: '249', isPrimary: true },
          { name: 'partition_id', type: 'integer', isPrimary: true },
          { name: 'letter_offset', type: 'bigint', isPrimary: true },
          { name: 'died_at', type: 'bigint' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('dead_letters');
  }
}
