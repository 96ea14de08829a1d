import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/** One for each sort order of products. */
const INDICES = [
  new TableIndex({ name: 'products_by_price', columnNames: ['price', 'id'] }),
  new TableIndex({ name: 'products_by_name', columnNames: ['name', 'id'] }),
];

export class IndexProducts1768435200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndices('products', INDICES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndices('products', INDICES);
  }
}
