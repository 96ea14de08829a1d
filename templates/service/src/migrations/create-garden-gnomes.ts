import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

const columns = [
  { name: 'id', type: 'varchar', length: '36', isPrimary: true },
  // #each field
  // #case string|enum nullable
  { name: 'pet_name', type: 'varchar', length: '200', isNullable: true },
  // #case string|enum
  { name: 'hat_colour', type: 'varchar', length: '200' },
  // #case id nullable
  { name: 'rival_id', type: 'varchar', length: '64', isNullable: true },
  // #case id
  { name: 'owner_id', type: 'varchar', length: '64' },
  // #case int nullable
  { name: 'lucky_number', type: 'integer', isNullable: true },
  // #case int
  { name: 'beard_length', type: 'integer' },
  // #case float nullable
  { name: 'top_speed', type: 'double precision', isNullable: true },
  // #case float
  { name: 'body_weight', type: 'double precision' },
  // #case bool
  { name: 'well_painted', type: 'boolean' },
  // #case money nullable
  { name: 'repair_cost', type: 'bigint', isNullable: true },
  { name: 'repair_cost_currency', type: 'varchar', length: '3', isNullable: true },
  // #case money
  { name: 'sale_price', type: 'bigint' },
  { name: 'sale_price_currency', type: 'varchar', length: '3' },
  // #case datetime nullable
  { name: 'sold_at', type: 'bigint', isNullable: true },
  // #case datetime
  { name: 'made_at', type: 'bigint' },
  // #case list
  { name: 'home_towns', type: 'text' },
  // #case example
  { name: 'wide_awake', type: 'boolean' },
  { name: 'shoe_size', type: 'integer' },
  { name: 'night_shift', type: 'varchar', length: '200' },
  { name: 'day_shift', type: 'varchar', length: '200', isNullable: true },
  // #end
  { name: 'created_at', type: 'bigint' },
  { name: 'updated_at', type: 'bigint' },
];

export class CreateGardenGnomes1767225600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'garden_gnomes',
        columns,
        indices: [{ name: 'garden_gnomes_by_creation', columnNames: ['created_at', 'id'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('garden_gnomes');
  }
}
