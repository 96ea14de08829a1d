import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseOptions, migrationsOf } from '../database.module.js';
import { Migrator } from '../migrator.js';
import { openDatabase } from '../open-database.js';
import { compareSchemas } from './compare-schemas.js';
import { type Rename, renamed } from './rename.js';
import { entityShapes } from './entity-shapes.js';
import type { SchemaDifference } from './shapes.js';
import { tableShapes } from './table-shapes.js';

/**
 * What the entities of a service would change in a database with all its migrations: a new SQLite file, which is removed
 * again. No server and no data are needed.
 * @param others tables of the service that belong to no entity, such as those of histories
 * @throws StartupError CONFIG_INVALID for a rename of a column that is not there
 */
export async function schemaDifference(
  options: DatabaseOptions,
  renames: readonly Rename[] = [],
  others: readonly string[] = [],
): Promise<SchemaDifference> {
  const folder = await mkdtemp(join(tmpdir(), 'msx-schema-'));
  try {
    return await differenceIn(join(folder, 'schema.db'), options, { renames, others });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function differenceIn(
  file: string,
  options: DatabaseOptions,
  { renames, others }: { renames: readonly Rename[]; others: readonly string[] },
): Promise<SchemaDifference> {
  const address = { driver: 'sqlite', file } as const;
  const { entities, migrations } = options;
  const database = await openDatabase({ address, entities, service: 'schema', production: false });
  const source = database.store.writer;
  const runner = source.createQueryRunner();
  try {
    const all = await migrationsOf(options);
    await new Migrator(
      database,
      all.filter((type) => !migrations.includes(type)),
    ).migrate();
    const known = new Set([...others, ...(await runner.getTables()).map(({ name }) => name)]);
    await new Migrator(database, migrations).migrate();
    const tables = renamed(await tableShapes(runner, known), renames);
    const { changes, notes } = compareSchemas(await entityShapes(source, entities), tables);
    return { changes: [...renames.map(asChange), ...changes], notes };
  } finally {
    await runner.release();
    await database.close();
  }
}

const asChange = (rename: Rename) => ({ kind: 'rename-column' as const, ...rename });
