import type { QueryRunner } from 'typeorm';
import { TableIndex } from 'typeorm';

/**
 * Makes an index while the table is written: on PostgreSQL concurrently, for which the migration has
 * `readonly transaction = false`. It may be called again after it was interrupted, which leaves an index that is not
 * valid.
 */
export async function createIndexOnline(
  runner: QueryRunner,
  table: string,
  index: TableIndex,
): Promise<void> {
  const concurrent = new TableIndex({ ...index, isConcurrent: true });
  const { indices } = (await runner.getTable(table))!;
  const exists = indices.some(({ name }) => name === index.name);
  if (exists && (await isValid(runner, index))) return;
  if (exists) await runner.dropIndex(table, concurrent);
  await runner.createIndex(table, concurrent);
}

/** Drops an index, if it is there, without waiting for those that use the table while others wait behind. */
export async function dropIndexOnline(runner: QueryRunner, table: string, index: TableIndex): Promise<void> {
  await runner.dropIndex(table, new TableIndex({ ...index, isConcurrent: true }), true);
}

async function isValid(runner: QueryRunner, { name }: TableIndex): Promise<boolean> {
  if (runner.dataSource.options.type !== 'postgres') return true;
  const rows = (await runner.query(
    'SELECT indisvalid FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relname = $1 AND relnamespace = current_schema()::regnamespace',
    [name],
  )) as { indisvalid: boolean }[];
  return rows.every(({ indisvalid }) => indisvalid);
}
