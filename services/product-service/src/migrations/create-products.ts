import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

export class CreateProducts1767225600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'products',
        columns: [
          { name: 'id', type: 'varchar', length: '36', isPrimary: true },
          { name: 'name', type: 'varchar', length: '200' },
          { name: 'description', type: 'text' },
          { name: 'price', type: 'bigint' },
          { name: 'currency', type: 'varchar', length: '3' },
          { name: 'stock', type: 'integer' },
          { name: 'category', type: 'varchar', length: '100' },
          { name: 'created_at', type: 'bigint' },
          { name: 'updated_at', type: 'bigint' },
        ],
        checks: [
          { name: 'products_price_not_negative', expression: 'price >= 0' },
          { name: 'products_stock_not_negative', expression: 'stock >= 0' },
        ],
        indices: [
          { name: 'products_by_creation', columnNames: ['created_at', 'id'] },
          { name: 'products_by_category', columnNames: ['category', 'created_at', 'id'] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('products');
  }
}
