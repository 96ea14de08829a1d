import type { DataSource } from 'typeorm';
import { parseDatabaseUrl } from '../config/database-url.js';
import { migrationsOf } from '../database/database.module.js';
import { Migrator } from '../database/migrator.js';
import { openDatabase } from '../database/open-database.js';
import { databaseOptionsOf } from '../service/service-needs.js';
import type { ImportedModule } from '../service/module-parts.js';
import { createDatabase, type Driver } from './test-database.js';

/** What a migration of a service did to the schema. */
export interface RoundTrip {
  readonly migration: string;
  /** The schema after it, before it and after its rollback, and after it was applied again; each a text for comparison. */
  readonly up: string;
  readonly before: string;
  readonly down: string;
  readonly upAgain: string;
}

/** Applies each migration of a service, rolls it back, and applies it again, in an empty database. */
export async function migrationRoundTrips(module: ImportedModule, driver: Driver): Promise<RoundTrip[]> {
  const options = databaseOptionsOf(module)!;
  const all = await migrationsOf(options);
  const file = await createDatabase(driver);
  const address = parseDatabaseUrl(file.url)!;
  const database = await openDatabase({ address, entities: [], service: 'round-trip', production: false });
  const schema = () => schemaOf(database.store.writer);
  try {
    const trips: RoundTrip[] = [];
    await new Migrator(
      database,
      all.filter((type) => !options.migrations.includes(type)),
    ).migrate();
    for (const [n, type] of inOrder(options.migrations).entries()) {
      const migrator = new Migrator(database, inOrder(options.migrations).slice(0, n + 1));
      const before = await schema();
      await migrator.migrate();
      const up = await schema();
      await migrator.rollback(1, [type]);
      const down = await schema();
      await migrator.migrate();
      trips.push({ migration: type.name, before, up, down, upAgain: await schema() });
    }
    return trips;
  } finally {
    await database.close();
    await file.drop();
  }
}

const inOrder = <T extends { readonly name: string }>(types: readonly T[]): T[] =>
  types.toSorted((a, b) => a.name.slice(-13).localeCompare(b.name.slice(-13)));

const POSTGRES = [
  `SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, 2`,
  'SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1',
  `SELECT conrelid::regclass::text AS table_name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
    WHERE connamespace = current_schema()::regnamespace ORDER BY 1, 2`,
];

const SQLITE = [
  `SELECT tables.name AS table_name, columns.name, columns.type, columns."notnull", columns.dflt_value, columns.pk
    FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns WHERE tables.type = 'table' ORDER BY 1, 2`,
  `SELECT tables.name AS table_name, indices.name, indices."unique", columns.name AS column_name, columns.seqno
    FROM sqlite_master AS tables, pragma_index_list(tables.name) AS indices, pragma_index_info(indices.name) AS columns
    WHERE tables.type = 'table' ORDER BY 1, 2, 5`,
];

async function schemaOf(source: DataSource): Promise<string> {
  const queries = source.options.type === 'postgres' ? POSTGRES : SQLITE;
  const parts: unknown[] = [];
  for (const query of queries) parts.push(...((await source.query(query)) as unknown[]));
  return parts.map((row) => JSON.stringify(row)).join('\n');
}
