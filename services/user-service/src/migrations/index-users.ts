import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/** For listing users by name. */
const BY_NAME = new TableIndex({ name: 'users_by_name', columnNames: ['name', 'id'] });

export class IndexUsers1768435200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('users', BY_NAME);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('users', BY_NAME);
  }
}
