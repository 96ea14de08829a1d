// #file added
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TYPES: Readonly<Record<string, string>> = {
  // #each field
  // #case string|enum
  hat_colour: 'varchar(200)',
  // #case id
  owner_id: 'varchar(64)',
  // #case int
  beard_length: 'integer',
  // #case float
  body_weight: 'double precision',
  // #case bool
  well_painted: 'boolean',
  // #case money
  sale_price: 'bigint',
  sale_price_currency: 'varchar(3)',
  // #case datetime
  made_at: 'bigint',
  // #case list
  home_towns: 'text',
  // #end
};

/** For the rows that exist already; all other columns are null in them. */
const DEFAULTS: Readonly<Record<string, string | number | boolean>> = {
  // #each field present
  // #case default
  shoe_size: 42,
  // #case bool
  well_painted: false,
  // #case list
  home_towns: '[]',
  // #end
};

const literal = (value: string | number | boolean): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);

export class AddHatColourToGardenGnomes1767312000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, type] of Object.entries(TYPES)) {
      const value = DEFAULTS[name];
      const rows = value === undefined ? '' : ` NOT NULL DEFAULT ${literal(value)}`;
      await runner.query(`ALTER TABLE "garden_gnomes" ADD COLUMN "${name}" ${type}${rows}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(TYPES))
      await runner.query(`ALTER TABLE "garden_gnomes" DROP COLUMN "${name}"`);
  }
}
