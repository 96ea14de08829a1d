// #file dropped
import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS: Readonly<Record<string, string>> = {
  // #each field
  // #case string|id nullable
  pet_name: 'varchar(200)',
  // #case string|id
  hat_colour: "varchar(200) NOT NULL DEFAULT ''",
  // #case int nullable
  lucky_number: 'integer',
  // #case int
  beard_length: 'integer NOT NULL DEFAULT 0',
  // #case float nullable
  top_speed: 'double precision',
  // #case float
  body_weight: 'double precision NOT NULL DEFAULT 0',
  // #case bool
  well_painted: 'boolean NOT NULL DEFAULT false',
  // #case money nullable
  repair_cost: 'bigint',
  repair_cost_currency: 'varchar(3)',
  // #case money
  sale_price: 'bigint NOT NULL DEFAULT 0',
  sale_price_currency: "varchar(3) NOT NULL DEFAULT 'USD'",
  // #case datetime nullable
  sold_at: 'bigint',
  // #case datetime
  made_at: 'bigint NOT NULL DEFAULT 0',
  // #case enum nullable
  day_shift: 'varchar(200)',
  // #case enum
  // #each value first
  night_shift: "varchar(200) NOT NULL DEFAULT 'GARDEN_GNOME_NIGHT_SHIFT_DEEP_SLEEP'",
  // #end
  // #case list
  home_towns: "text NOT NULL DEFAULT '[]'",
  // #end
};

export class DropHatColourOfGardenGnomes1767398400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(COLUMNS))
      await runner.query(`ALTER TABLE "garden_gnomes" DROP COLUMN "${name}"`);
  }

  /** Brings the columns back, without what was in them. */
  async down(runner: QueryRunner): Promise<void> {
    for (const [name, definition] of Object.entries(COLUMNS))
      await runner.query(`ALTER TABLE "garden_gnomes" ADD COLUMN "${name}" ${definition}`);
  }
}
