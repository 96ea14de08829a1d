import { createIndexOnline, dropIndexOnline } from '@msx/runtime';
import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/** One for each sort order of products. */
const INDICES = [
  new TableIndex({ name: 'products_by_price', columnNames: ['price', 'id'] }),
  new TableIndex({ name: 'products_by_name', columnNames: ['name', 'id'] }),
];

export class IndexProducts1768435200000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const index of INDICES) await createIndexOnline(runner, 'products', index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of INDICES) await dropIndexOnline(runner, 'products', index);
  }
}
