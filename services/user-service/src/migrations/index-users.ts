import { createIndexOnline, dropIndexOnline } from '@msx/runtime';
import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/** For listing users by name. */
const BY_NAME = new TableIndex({ name: 'users_by_name', columnNames: ['name', 'id'] });

export class IndexUsers1768435200000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await createIndexOnline(runner, 'users', BY_NAME);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropIndexOnline(runner, 'users', BY_NAME);
  }
}
